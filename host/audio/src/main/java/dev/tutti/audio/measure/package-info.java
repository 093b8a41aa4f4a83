/**
 * What looks at samples: loudness, true peak, gaps, clicks, offsets, lost and doubled frames.
 * Samples are interleaved floats, full scale ±1.
 */
@NullMarked
package dev.tutti.audio.measure;

import org.jspecify.annotations.NullMarked;
