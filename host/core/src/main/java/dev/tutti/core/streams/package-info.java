/**
 * Streams as step functions: sources, timelines, transport. No I/O, no clock of their own.
 *
 * <p>Threads: the {@link dev.tutti.core.streams.Conductor} steps the {@link
 * dev.tutti.core.streams.StreamEngine}; each source has a thread of its own; listeners read the
 * {@link dev.tutti.core.streams.Timeline} from theirs without a lock. Others post to a mailbox.
 *
 * <p>Memory of a stream that is heard: (2.5 s of past + the deepest listener's lead + 5 s ahead for
 * on-demand sources) × rate × channels × 4 bytes; at 48000 Hz stereo and 1000 ms that is 3.3 MB.
 */
@NullMarked
package dev.tutti.core.streams;

import org.jspecify.annotations.NullMarked;
