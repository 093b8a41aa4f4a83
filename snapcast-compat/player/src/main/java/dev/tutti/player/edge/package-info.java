/** The edge: a local Snapcast server for one unmodified client, on this machine's own clock. */
@NullMarked
package dev.tutti.player.edge;

import org.jspecify.annotations.NullMarked;
