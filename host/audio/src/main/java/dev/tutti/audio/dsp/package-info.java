/**
 * What changes samples: PCM conversion with dither, fades, gain, channel maps, resampling. Samples
 * are interleaved floats, full scale ±1; offsets and counts are frames unless they say samples.
 */
@NullMarked
package dev.tutti.audio.dsp;

import org.jspecify.annotations.NullMarked;
