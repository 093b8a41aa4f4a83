/** MPEG audio, layers I to III. */
@NullMarked
package dev.tutti.audio.codec.mp3;

import org.jspecify.annotations.NullMarked;
