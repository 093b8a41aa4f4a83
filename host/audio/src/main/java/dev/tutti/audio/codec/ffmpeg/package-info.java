/** Whatever else there is, through FFmpeg as a program of its own. */
@NullMarked
package dev.tutti.audio.codec.ffmpeg;

import org.jspecify.annotations.NullMarked;
