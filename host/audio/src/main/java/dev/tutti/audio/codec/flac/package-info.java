/** FLAC: our own streaming frame encoder, libFLAC through the foreign-function API. */
@NullMarked
package dev.tutti.audio.codec.flac;

import org.jspecify.annotations.NullMarked;
