/** Loudness, gaps, clicks, correlation: what looks at samples. */
@NullMarked
package dev.tutti.audio.measure;

import org.jspecify.annotations.NullMarked;
