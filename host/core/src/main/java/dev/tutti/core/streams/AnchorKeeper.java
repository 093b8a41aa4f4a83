package dev.tutti.core.streams;

import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.StreamStatus.Playback;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores what listeners of a stream hear, at each change and every few seconds, and tells the
 * source; restores it at the start. Used by the conductor only.
 */
final class AnchorKeeper {
  private final StreamConfig config;
  private final StreamTiming timing;
  private final AnchorStore store;
  private final Optional<Anchor> stored;

  private @Nullable RemoteSource source;
  private @Nullable Playback lastPlayback;
  private @Nullable Track lastTrack;
  private String lastToken = "";
  private long nextAt = Long.MIN_VALUE;
  private long heldUntil;

  /** Reads the stored anchor; not on the conductor. */
  AnchorKeeper(StreamConfig config, StreamTiming timing, AnchorStore store) {
    this.config = config;
    this.timing = timing;
    this.store = store;
    this.stored = store.load(config.id()).filter(a -> a.uri().equals(config.uri().toString()));
  }

  void attach(RemoteSource newSource) {
    source = newSource;
  }

  void detach() {
    source = null;
  }

  /** Where the block grid begins: where it began before a restart. */
  long epoch(long now) {
    return stored.filter(a -> a.epochMicros() <= now).map(Anchor::epochMicros).orElse(now);
  }

  /**
   * Restores what was commanded and heard. If listeners can still have had audio in hand, the clock
   * goes on as if nothing had happened; else the stream goes on where it was.
   */
  void restore(Transport transport, long now) {
    if (stored.isEmpty()) {
      return;
    }
    Anchor anchor = stored.get();
    long inHand = timing.defaultLead() + (anchor.closed() ? 0 : timing.anchorEvery());
    long age = now - anchor.instantMicros();
    long held = anchor.heldUntilMicros();
    boolean goesOn =
        age >= 0 && (age <= inHand || (held > 0 && now <= held + timing.anchorEvery()));
    transport.restore(anchor, goesOn ? anchor.instantMicros() : null);
  }

  /** Notes how much audio deep listeners may have in hand. */
  void inHand(long micros, long now) {
    if (micros > 0) {
      heldUntil = now + micros;
    }
  }

  /** Stores the anchor if it is time; answers when it is again. */
  long step(long now, Renderer renderer, OnDemandFeed feed, Transport transport) {
    Hearing.Entry entry = renderer.hearing().at(now);
    Track track = entry == null ? null : entry.place().track();
    boolean changed = transport.playback() != lastPlayback || !Objects.equals(track, lastTrack);
    if (!changed && now < nextAt) {
      return nextAt;
    }
    lastPlayback = transport.playback();
    lastTrack = track;
    nextAt = now + timing.anchorEvery();
    Anchor anchor = anchor(now, renderer, feed, transport, false);
    if (!anchor.token().equals(lastToken) || changed) {
      lastToken = anchor.token();
      store.save(anchor);
      if (source != null && !anchor.token().isEmpty()) {
        source.heard(anchor.token());
      }
    }
    return nextAt;
  }

  /** Stores the last anchor. */
  void close(long now, Renderer renderer, OnDemandFeed feed, Transport transport) {
    store.save(anchor(now, renderer, feed, transport, true));
  }

  private Anchor anchor(
      long now, Renderer renderer, OnDemandFeed feed, Transport transport, boolean closed) {
    Slot audible = transport.playback() == Playback.PLAYING ? renderer.audibleAt(now) : null;
    Place place = audible == null ? feed.goal() : audible.marks().getFirst().place();
    long at = audible == null ? renderer.endMicros() : audible.timeMicros();
    long instant = audible == null && !feed.clocked() ? now : at;
    return new Anchor(
        config.id(),
        config.uri().toString(),
        place.token(),
        instant,
        renderer.grid().epochMicros(),
        transport.playback(),
        place.order(),
        now <= heldUntil ? heldUntil : 0,
        closed);
  }
}
