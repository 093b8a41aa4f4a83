/**
 * Generated sound: tones, noise, ramps, and the built-in piece. Every signal is a function of the
 * frame number, so any place of it can be reached at once and is always the same.
 */
@NullMarked
package dev.tutti.audio.signal;

import org.jspecify.annotations.NullMarked;
