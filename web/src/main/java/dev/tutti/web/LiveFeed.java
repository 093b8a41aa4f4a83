package dev.tutti.web;

import dev.tutti.api.Clock;
import dev.tutti.api.Schedule;
import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.http.Http.WebSocketPeer;
import dev.tutti.api.json.Json;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells every open page what has changed: a whole picture when it connects and after changes, at
 * most about twenty times a second, the last change never lost. What pages send is ignored; they
 * command by POST. Thread-safe.
 */
final class LiveFeed {
  static final long PERIOD_MICROS = 50_000;

  /** A big house makes big pictures; they come less often, so that a page gets at most 2 MB/s. */
  private static final long BYTES_PER_SECOND = 2_000_000;

  private final Clock clock;
  private final Schedule schedule;
  private final Supplier<Json.Obj> picture;
  private final Supplier<Json.Obj> time;

  // Guarded by this; pictures are taken and sent under it, so that no older one follows a newer.
  private final Set<WebSocketPeer> pages = new LinkedHashSet<>();
  private boolean pushIsDue;
  private long nextPushMicros = Long.MIN_VALUE;

  LiveFeed(Clock clock, Schedule schedule, Supplier<Json.Obj> picture, Supplier<Json.Obj> time) {
    this.clock = clock;
    this.schedule = schedule;
    this.picture = picture;
    this.time = time;
  }

  /** A page has connected. */
  synchronized WebSocketListener open(WebSocketPeer page) {
    pages.add(page);
    page.send(picture.get().toString());
    return new WebSocketListener() {
      @Override
      public void closed() {
        gone(page);
      }
    };
  }

  /** The picture for those who ask once. */
  Json state() {
    return picture.get();
  }

  /** Something has changed. Returns at once. */
  synchronized void changed() {
    if (pushIsDue || pages.isEmpty()) {
      return;
    }
    pushIsDue = true;
    long waitMicros = Math.max(0, nextPushMicros - clock.nowMicros());
    schedule.after(Duration.ofNanos(waitMicros * 1000), this::push);
  }

  private synchronized void push() {
    pushIsDue = false;
    if (pages.isEmpty()) {
      return;
    }
    String text = picture.get().toString();
    long pauseMicros = Math.max(PERIOD_MICROS, text.length() * 1_000_000L / BYTES_PER_SECOND);
    nextPushMicros = clock.nowMicros() + pauseMicros;
    sendAll(text);
  }

  /** A sign of life. */
  synchronized void tellTime() {
    if (!pages.isEmpty()) {
      sendAll(time.get().toString());
    }
  }

  private void sendAll(String text) {
    // A page that is hung up on while being sent to reports so at once and leaves the set.
    List.copyOf(pages).forEach(page -> page.send(text));
  }

  private synchronized void gone(WebSocketPeer page) {
    pages.remove(page);
  }
}
