package dev.tutti.snapcast.control;

import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones.ZoneEvent;
import dev.tutti.snapcast.control.Dispatcher.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what, and in which order: the step function behind all control sessions. It folds the
 * one ordered log of events into what each session reads, and lets an answer through exactly where
 * the state it describes has its place in that log; so nobody ever reads older news after newer.
 * Not thread-safe, no I/O; see {@link ControlHub}.
 *
 * <p>The rules (reference: protocol section 7.1): the requester is not told of its own change, all
 * others are; what a batch changes is told in one list; what nobody requested is told to all.
 *
 * <p>A rush of new players would mean the whole status for each: such updates are told at once, but
 * no more often than every 100 ms.
 */
final class Fanout {
  private static final long UPDATE_SPACING_MICROS = 100_000;

  /** Somebody who is told. {@link #send} never blocks and never throws. */
  interface Peer {
    void send(String text);

    /** Who that is; who may not even listen is told nothing but its answers. */
    Identity who();
  }

  /** The origin of a change; each request has its own. */
  static final class Caller {
    private final @Nullable Peer peer;
    private final Identity who;
    private final boolean batch;

    /**
     * @param peer who is left out; null if the requester is never told anything (HTTP)
     * @param who the requester
     * @param batch whether the request is a list of requests
     */
    Caller(@Nullable Peer peer, Identity who, boolean batch) {
      this.peer = peer;
      this.who = who;
      this.batch = batch;
    }

    Identity who() {
      return who;
    }
  }

  /** An answer on its way, or, without text, the end of a batch. */
  private record Pending(Caller caller, Optional<String> text, long revision) {}

  private final Notifications notifications;
  private final Set<Peer> peers = new LinkedHashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<String> batchNews = new ArrayList<>();
  private @Nullable Caller batchCaller;
  private @Nullable ZoneEvent heldUpdate;
  private long lastUpdateMicros = Long.MIN_VALUE / 2;
  private long toldRevision;

  /**
   * @param revision of the zones before the first event
   */
  Fanout(Notifications notifications, long revision) {
    this.notifications = notifications;
    this.toldRevision = revision;
  }

  void attach(Peer peer) {
    peers.add(peer);
  }

  void detach(Peer peer) {
    peers.remove(peer);
  }

  /** The revision up to which everybody has been told. */
  long toldRevision() {
    return toldRevision;
  }

  /** An event of the zones, in order. */
  void zone(ZoneEvent event, long nowMicros) {
    Caller caller = event.origin() instanceof Caller c ? c : null;
    if (caller == null && event.kind() == ZoneEvent.Kind.LAYOUT) {
      heldUpdate = event;
      if (nowMicros - lastUpdateMicros >= UPDATE_SPACING_MICROS) {
        tellHeldUpdate(nowMicros);
      }
    } else {
      tellHeldUpdate(nowMicros);
      if (!peers.isEmpty()) {
        notifications.of(event).ifPresent(news -> tell(caller, news));
      }
    }
    toldRevision = Math.max(toldRevision, event.now().revision());
    release(nowMicros);
  }

  /**
   * An event of the streams, in order.
   *
   * @param zones as they are now
   */
  void stream(StreamEvent event, ZoneSnapshot zones, long nowMicros) {
    tellHeldUpdate(nowMicros);
    if (peers.isEmpty()) {
      return;
    }
    switch (event) {
      case StreamEvent.Changed changed ->
          notifications.of(changed).forEach(news -> tell(null, news));
      case StreamEvent.Added added -> tell(null, notifications.serverUpdate(zones));
      case StreamEvent.Removed removed -> tell(null, notifications.serverUpdate(zones));
    }
  }

  /** A request was carried out; its answer takes its place among the news. */
  void answered(Caller caller, Answer answer, long nowMicros) {
    pending.add(new Pending(caller, answer.text(), answer.revision()));
    release(nowMicros);
  }

  /** When {@link #due} wants to be called, or {@link Long#MAX_VALUE}. */
  long dueMicros() {
    return heldUpdate == null ? Long.MAX_VALUE : lastUpdateMicros + UPDATE_SPACING_MICROS;
  }

  /** The time for a held-back update has come. */
  void due(long nowMicros) {
    if (nowMicros >= dueMicros()) {
      tellHeldUpdate(nowMicros);
    }
  }

  private void release(long nowMicros) {
    Pending next = pending.peek();
    while (next != null && next.revision() <= toldRevision) {
      pending.remove();
      tellHeldUpdate(nowMicros);
      if (next.caller().batch) {
        tellBatch();
      }
      Peer peer = next.caller().peer;
      if (peer != null && peers.contains(peer)) {
        next.text().ifPresent(peer::send);
      }
      next = pending.peek();
    }
  }

  private void tellHeldUpdate(long nowMicros) {
    ZoneEvent update = heldUpdate;
    if (update != null) {
      heldUpdate = null;
      lastUpdateMicros = nowMicros;
      if (!peers.isEmpty()) {
        tell(null, notifications.serverUpdate(update.now()));
      }
    }
  }

  private void tell(@Nullable Caller caller, Json news) {
    if (!Objects.equals(caller, batchCaller)) {
      tellBatch();
    }
    if (caller != null && caller.batch) {
      batchCaller = caller;
      batchNews.add(news.toString());
    } else {
      send(caller, news.toString());
    }
  }

  /** What a batch has changed so far, as one list, even if it is a single thing. */
  private void tellBatch() {
    if (!batchNews.isEmpty()) {
      send(batchCaller, "[" + String.join(",", batchNews) + "]");
      batchNews.clear();
    }
    batchCaller = null;
  }

  private void send(@Nullable Caller except, String text) {
    Peer requester = except == null ? null : except.peer;
    for (Peer peer : peers) {
      if (!peer.equals(requester) && peer.who().may(Scope.LISTEN)) {
        peer.send(text);
      }
    }
  }
}
