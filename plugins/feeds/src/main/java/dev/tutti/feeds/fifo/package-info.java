/** Named pipes, and the calls to the system they need. */
@NullMarked
package dev.tutti.feeds.fifo;

import org.jspecify.annotations.NullMarked;
