package dev.tutti.snapcast.server;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.cue.Cue;
import dev.tutti.api.cue.Cues;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.audio.dsp.GainRamp;
import dev.tutti.snapcast.sessions.Overlay;
import dev.tutti.snapcast.sessions.Sessions;
import dev.tutti.snapcast.sessions.Sound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Cues as overlays of sessions. Thread-safe; waits for the thread of the sessions. */
final class SessionCues implements Cues {
  /** A device that was closed has at least so long to open, beyond the client's buffer. */
  private static final long WAKE = 500_000;

  private static final int PATIENCE_SECONDS = 10;

  private final Supplier<ZoneSnapshot> zones;
  private final Supplier<List<StreamStatus>> streams;
  private final ZoneWatch.Sink sink;
  private final AtomicLong ids = new AtomicLong();

  /**
   * @param sink runs tasks in order, on the thread of the sessions
   */
  SessionCues(
      Supplier<ZoneSnapshot> zones, Supplier<List<StreamStatus>> streams, ZoneWatch.Sink sink) {
    this.zones = zones;
    this.streams = streams;
    this.sink = sink;
  }

  @Override
  public Map<String, String> obstacles(Set<String> playerIds) {
    Map<String, String> found = new LinkedHashMap<>();
    Set<String> vorbis =
        streams.get().stream()
            .filter(s -> s.codec().startsWith("ogg"))
            .map(StreamStatus::id)
            .collect(Collectors.toSet());
    for (Group group : zones.get().groups()) {
      for (Player player : group.players()) {
        if (vorbis.contains(group.streamId())
            && player.connected()
            && playerIds.contains(player.id())) {
          found.put(
              player.id(),
              "\"%s\" hears the stream \"%s\" as Vorbis, into which nothing can be mixed for one room; give that stream codec=flac, opus or pcm"
                  .formatted(player.label(), group.streamId()));
        }
      }
    }
    return found;
  }

  @Override
  public long soonestMicros(Cue cue, Set<String> playerIds) {
    return ask((sessions, now) -> soonest(sessions, cue, playerIds, now));
  }

  private static long soonest(Sessions sessions, Cue cue, Set<String> playerIds, long nowMicros) {
    return sessions.soonestMicros(playerIds, nowMicros) + Math.max(micros(cue.attack()), WAKE);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  @Override
  public Playing play(Cue cue, Set<String> playerIds, long notBeforeMicros, Set<Playing> instead) {
    Sound sound = new Sound(cue.clip());
    for (StreamStatus stream : streams.get()) {
      SampleFormat format = stream.format();
      // Here it may take its time; where it is mixed in, it may not.
      sound.samples(format.rate(), format.channels());
    }
    Set<String> players = Set.copyOf(playerIds);
    List<Overlay> ending = new ArrayList<>();
    for (Playing playing : instead) {
      if (playing instanceof Planned planned) {
        ending.add(planned.overlay);
      }
    }
    return ask((sessions, now) -> {
      Overlay overlay =
          new Overlay(
              ids.incrementAndGet(),
              sound,
              Math.max(notBeforeMicros, soonest(sessions, cue, players, now)),
              GainRamp.ofDb(cue.gainDb()),
              cue.duckDb() <= -96 ? 0 : GainRamp.ofDb(cue.duckDb()),
              micros(cue.attack()),
              micros(cue.release()),
              cue.reachesMuted());
      sessions.play(overlay, players, ending, now);
      return new Planned(overlay);
    });
  }

  private <T> T ask(BiFunction<Sessions, Long, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    sink.post((sessions, now) -> {
      try {
        answer.complete(question.apply(sessions, now));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the Snapcast server did not take the cue", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the cue was taken", e);
    }
  }

  /** A cue that was planned. */
  private final class Planned implements Playing {
    private final Overlay overlay;

    Planned(Overlay overlay) {
      this.overlay = overlay;
    }

    @Override
    public long startMicros() {
      return overlay.startMicros();
    }

    @Override
    public long endMicros() {
      return overlay.endMicros();
    }

    @Override
    public void callOff() {
      sink.post((sessions, now) -> sessions.callOff(overlay, now));
    }
  }
}
