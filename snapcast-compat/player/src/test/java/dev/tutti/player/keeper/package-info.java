/** Islands of players in virtual time. */
@NullMarked
package dev.tutti.player.keeper;

import org.jspecify.annotations.NullMarked;
