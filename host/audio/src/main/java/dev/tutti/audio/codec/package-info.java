/**
 * Decoders and encoders, found by ServiceLoader; native libraries where the system has them, pure
 * Java otherwise.
 */
@NullMarked
package dev.tutti.audio.codec;

import org.jspecify.annotations.NullMarked;
