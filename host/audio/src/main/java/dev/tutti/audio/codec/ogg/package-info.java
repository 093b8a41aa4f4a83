/** Ogg pages, and Vorbis in them. */
@NullMarked
package dev.tutti.audio.codec.ogg;

import org.jspecify.annotations.NullMarked;
