/** Volume that is applied outside this program: a sound card's control, a script. */
@NullMarked
package dev.tutti.player.mixer;

import org.jspecify.annotations.NullMarked;
