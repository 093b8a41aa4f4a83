/** Plain samples. */
@NullMarked
package dev.tutti.audio.codec.pcm;

import org.jspecify.annotations.NullMarked;
