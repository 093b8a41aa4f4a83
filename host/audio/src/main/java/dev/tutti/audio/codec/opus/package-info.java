/** Opus: packets by libopus or Concentus, and files in Ogg. */
@NullMarked
package dev.tutti.audio.codec.opus;

import org.jspecify.annotations.NullMarked;
