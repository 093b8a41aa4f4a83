/** Cut-off players that reach each other agree on one clock to go by. */
@NullMarked
package dev.tutti.player.keeper;

import org.jspecify.annotations.NullMarked;
