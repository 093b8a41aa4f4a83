/** Audio over TCP: feeders that connect here, or that are connected to. */
@NullMarked
package dev.tutti.feeds.tcp;

import org.jspecify.annotations.NullMarked;
