/** Programs whose standard output is played. */
@NullMarked
package dev.tutti.feeds.process;

import org.jspecify.annotations.NullMarked;
