/** Generated sound: tones, noise, ramps, the built-in piece. */
@NullMarked
package dev.tutti.audio.signal;

import org.jspecify.annotations.NullMarked;
