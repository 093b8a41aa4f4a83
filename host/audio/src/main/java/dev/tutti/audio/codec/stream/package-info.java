/** What the decoders share: bounded reading of files, and exact trimming and seeking. */
@NullMarked
package dev.tutti.audio.codec.stream;

import org.jspecify.annotations.NullMarked;
