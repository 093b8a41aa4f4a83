/** AAC in MP4 and ADTS files. */
@NullMarked
package dev.tutti.audio.codec.aac;

import org.jspecify.annotations.NullMarked;
