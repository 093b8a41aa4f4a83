/** Plugin: the built-in piece, {@code ambient://}, and a test tone, {@code sine://}. */
@NullMarked
package dev.tutti.ambient;

import org.jspecify.annotations.NullMarked;
