/** Plugin: audio that other programs deliver, by named pipe, file, network or as processes. */
@NullMarked
package dev.tutti.feeds;

import org.jspecify.annotations.NullMarked;
