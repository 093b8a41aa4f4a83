/** Plugin: raw PCM from a named pipe, {@code pipe:///tmp/snapfifo?name=default&mode=create}. */
@NullMarked
package dev.tutti.pipe;

import org.jspecify.annotations.NullMarked;
