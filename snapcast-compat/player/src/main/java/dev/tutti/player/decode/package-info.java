/** From encoded chunks to pieces of sound, ahead of time. */
@NullMarked
package dev.tutti.player.decode;

import org.jspecify.annotations.NullMarked;
