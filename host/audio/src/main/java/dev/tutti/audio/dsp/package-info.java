/** Conversion, resampling, fades, dither: what changes samples. */
@NullMarked
package dev.tutti.audio.dsp;

import org.jspecify.annotations.NullMarked;
