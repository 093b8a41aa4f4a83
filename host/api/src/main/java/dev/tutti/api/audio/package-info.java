/** Samples, frames, blocks, and the two kinds of source. */
@NullMarked
package dev.tutti.api.audio;

import org.jspecify.annotations.NullMarked;
