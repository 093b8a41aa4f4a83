package dev.tutti.core.streams;

import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Accepted;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Commands to an on-demand stream. They act on the commanded state: each asks the source where it
 * leads from where the one before led, and only the last place is gone to. Used by the conductor
 * only.
 */
final class Transport {
  /** A source that does not say in time where a command leads has refused it. */
  private static final long ANSWER_WITHIN = 3_000_000;

  private static final int MOST_WAITING = 64;

  private static final Set<TransportCommand.Kind> OWN =
      EnumSet.of(
          TransportCommand.Kind.PLAY, TransportCommand.Kind.PAUSE, TransportCommand.Kind.STOP);

  private record Asked(TransportCommand command, CompletableFuture<CommandResult> answer) {}

  private final OnDemandFeed feed;
  private final Deque<Asked> waiting = new ArrayDeque<>();

  private Playback playback = Playback.PLAYING;
  private boolean over; // rests because nothing came any more
  private boolean gateClosed; // silent, whatever is commanded
  private @Nullable RemoteSource source;
  private @Nullable Asked running;
  private long ticket;
  private long askedAt;
  private Optional<String> led = Optional.empty(); // where the commands so far lead
  private long parallelTo = -1;

  Transport(OnDemandFeed feed) {
    this.feed = feed;
  }

  Playback playback() {
    return playback;
  }

  /** Whether there should be sound. */
  boolean sounds() {
    return playback == Playback.PLAYING && !gateClosed;
  }

  /** Closes the gate: it is silent and stays where it is; or opens it: it goes on there. */
  void gate(boolean open, long now) {
    if (open == !gateClosed) {
      return;
    }
    boolean sounded = sounds();
    gateClosed = !open;
    if (sounded) {
      feed.rest(now);
    } else if (sounds()) {
      feed.resume();
    }
  }

  /** What a listener may ask for at a place. */
  Set<TransportCommand.Kind> can(Place place) {
    EnumSet<TransportCommand.Kind> all = EnumSet.copyOf(OWN);
    all.addAll(place.can());
    return all;
  }

  /** Restores what was commanded before a restart. */
  void restore(Anchor anchor, @Nullable Long sinceMicros) {
    Place place = new Place(anchor.token(), Track.UNKNOWN, 0, Set.of(), anchor.order());
    playback = anchor.playback();
    if (sounds()) {
      feed.restore(place, sinceMicros);
    } else {
      feed.restAt(place);
    }
  }

  void attach(RemoteSource newSource) {
    source = newSource;
  }

  /** The source is gone; what was asked of it is refused. */
  void detach() {
    source = null;
    led = Optional.empty();
    if (running != null) {
      refuse(running, Why.FAILED, "the source went away; try again");
      running = null;
    }
    for (Asked asked = waiting.poll(); asked != null; asked = waiting.poll()) {
      refuse(asked, Why.FAILED, "the source went away; try again");
    }
  }

  /** Takes a command. */
  void command(TransportCommand command, CompletableFuture<CommandResult> answer, long now) {
    Asked asked = new Asked(command, answer);
    switch (command) {
      case TransportCommand.Play p -> play(asked, now);
      case TransportCommand.Pause p -> {
        rest(Playback.PAUSED, now);
        answer.complete(new Accepted());
      }
      case TransportCommand.Stop s -> {
        rest(Playback.STOPPED, now);
        answer.complete(new Accepted());
        toStartOfTrack(now);
      }
      case TransportCommand.Next n -> queue(asked, now);
      case TransportCommand.Previous p -> queue(asked, now);
      case TransportCommand.Seek s -> queue(asked, now);
      case TransportCommand.SeekBy s -> queue(asked, now);
      case TransportCommand.Jump j -> queue(asked, now);
      case TransportCommand.SetShuffle s -> queue(asked, now);
      case TransportCommand.SetRepeat r -> queue(asked, now);
      case TransportCommand.SetVolume v -> queue(asked, now);
      case TransportCommand.SetMute m -> queue(asked, now);
      case TransportCommand.SetRate r -> queue(asked, now);
    }
  }

  /** Refuses what the source does not answer; answers when to come again. */
  long step(long now) {
    if (feed.over(now) && playback == Playback.PLAYING) {
      playback = Playback.STOPPED;
      over = true;
      feed.restAt(feed.goal());
    }
    if (running == null) {
      return Long.MAX_VALUE;
    }
    if (now - askedAt >= ANSWER_WITHIN) {
      refuse(running, Why.FAILED, "the source does not answer");
      running = null;
      ticket++;
      proceed(now);
    }
    return running == null ? Long.MAX_VALUE : askedAt + ANSWER_WITHIN;
  }

  // --- play and rest ----------------------------------------------------------------------------

  private void play(Asked asked, long now) {
    if (playback == Playback.PLAYING) {
      asked.answer().complete(new Accepted());
    } else if (!over) {
      playback = Playback.PLAYING;
      if (sounds()) {
        feed.resume();
      }
      asked.answer().complete(new Accepted());
    } else if (source != null && !source.navigable()) {
      playing();
      goTo(source.start(), -1);
      asked.answer().complete(new Accepted());
    } else {
      queue(asked, now);
    }
  }

  private void playing() {
    playback = Playback.PLAYING;
    over = false;
  }

  private void rest(Playback how, long now) {
    if (sounds()) {
      feed.rest(now);
    }
    playback = how;
  }

  private void toStartOfTrack(long now) {
    if (feed.goal().can().contains(TransportCommand.Kind.SEEK)) {
      queue(new Asked(new TransportCommand.Seek(Duration.ZERO), new CompletableFuture<>()), now);
    } else if (source != null) {
      feed.restAt(source.start());
    }
  }

  // --- going elsewhere --------------------------------------------------------------------------

  private void queue(Asked asked, long now) {
    if (source == null) {
      refuse(asked, Why.NOT_NOW, "the source is not there");
    } else if (waiting.size() >= MOST_WAITING) {
      refuse(asked, Why.NOT_NOW, "too many commands wait for the source");
    } else {
      waiting.add(asked);
      proceed(now);
    }
  }

  /** Asks the source about the next command, or goes where the last one led. */
  void proceed(long now) {
    if (!waiting.isEmpty() && feed.follows(now)) {
      return; // called again when it has arrived
    }
    while (running == null && source != null && !waiting.isEmpty()) {
      Asked next = waiting.remove();
      Slot slot = feed.changeable(now);
      Place from = slot == null ? feed.goal() : slot.marks().getFirst().place();
      boolean own = OWN.contains(next.command().kind());
      if (!own && !from.can().contains(next.command().kind())) {
        refuse(next, Why.NOT_CONTROLLABLE, "this source cannot do that");
        continue;
      }
      parallelTo = led.isEmpty() && slot != null ? slot.sequence() : parallelTo;
      running = next;
      askedAt = now;
      source.navigate(++ticket, led.orElse(from.token()), next.command());
    }
    if (running == null && led.isPresent()) {
      String token = led.get();
      led = Optional.empty();
      go(token);
    }
  }

  private void go(String token) {
    Place place = new Place(token, Track.UNKNOWN, 0, feed.goal().can(), feed.goal().order());
    goTo(place, parallelTo);
    parallelTo = -1;
  }

  private void goTo(Place place, long parallel) {
    if (sounds()) {
      feed.seek(place, parallel);
    } else {
      feed.restAt(place);
    }
  }

  /** The source has answered. */
  void onNavigated(SourceEvent.Navigated navigated, long now) {
    Asked asked = running;
    if (asked == null || navigated.ticket() != ticket) {
      return;
    }
    running = null;
    if (!navigated.failure().isEmpty()) {
      refuse(asked, Why.FAILED, navigated.failure());
    } else if (navigated.token().isEmpty()) {
      refuse(asked, Why.NOT_NOW, "there is nowhere to go");
    } else {
      led = navigated.token();
      if (asked.command().kind() != TransportCommand.Kind.ORDER) {
        parallelTo = -1;
      }
      if (asked.command() instanceof TransportCommand.Jump
          || OWN.contains(asked.command().kind())) {
        playing();
      }
      over = false;
      asked.answer().complete(new Accepted());
    }
    proceed(now);
  }

  private static void refuse(Asked asked, Why why, String reason) {
    asked.answer().complete(new Refused(why, reason));
  }
}
