/** WAV and AIFF files. */
@NullMarked
package dev.tutti.audio.codec.wav;

import org.jspecify.annotations.NullMarked;
