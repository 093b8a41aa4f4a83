/** Shared libraries of the system, called through the foreign-function API. */
@NullMarked
package dev.tutti.audio.codec.nativelib;

import org.jspecify.annotations.NullMarked;
