/** Streams: named lines of audio that groups listen to, their transport and their taps. */
@NullMarked
package dev.tutti.api.stream;

import org.jspecify.annotations.NullMarked;
