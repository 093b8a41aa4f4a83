/**
 * What players sound when the server is gone. A pack is made once, of one file or several, as one
 * FLAC of known length and loudness; players fetch it by its hash and play it by the server's
 * clock, so that rooms that are cut off stay in step.
 *
 * <p>Threads: {@code packs} makes packs, one after the other; requests run on the host's threads.
 * docs/fallback.md says how players speak with it.
 */
@NullMarked
package dev.tutti.fallback;

import org.jspecify.annotations.NullMarked;
