/** What the server's clock shows: offset and drift from exchanges of time. */
@NullMarked
package dev.tutti.player.clock;

import org.jspecify.annotations.NullMarked;
