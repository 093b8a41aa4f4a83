package dev.tutti.interop;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A playlist, a remote control, and two rooms of which is known what each is told to play, and
 * when: read from the wire, so that no player's timer stands in between.
 */
final class TwoRooms implements AutoCloseable {
  private static final int SECOND = 48_000;

  /** A run of frames this long is music, not chance. */
  private static final int MUSIC = 4_800;

  private final CountedNoise noise = new CountedNoise(16);
  final TuttiProcess tutti;
  final Remote remote;
  final WireEar kitchen;
  final WireEar bath;
  private long sinceNanos;

  private TwoRooms(Path dir, MusicFolder music, String codec) {
    tutti = TuttiProcess.start(dir.resolve("data"), music.played(codec));
    remote = Remote.of(tutti);
    kitchen = WireEar.join(tutti.streamPort(), "02:00:00:00:00:01");
    bath = WireEar.join(tutti.streamPort(), "02:00:00:00:00:02");
  }

  static TwoRooms with(Path dir, MusicFolder music, String codec) {
    return new TwoRooms(dir, music, codec);
  }

  List<WireEar> both() {
    return List.of(kitchen, bath);
  }

  /** What came before counts no more; waits until both have been sent a second and a half of it. */
  TwoRooms listen() {
    sinceNanos = System.nanoTime();
    play(1.5);
    return this;
  }

  /** What a room was sent since it was listened to. */
  WireRecord sent(WireEar room) {
    return room.since(sinceNanos);
  }

  /** Lets both be sent so much more. */
  void play(double seconds) {
    for (WireEar room : both()) {
      double until = sent(room).seconds() + seconds;
      Awaitility.await(seconds + " s more")
          .atMost(Duration.ofSeconds(30))
          .until(() -> sent(room).seconds() >= until);
    }
  }

  /** Whether what both were sent last, if anything is sent, is a quarter of a second of silence. */
  boolean silent() {
    return both().stream()
        .allMatch(room -> Pcm16.endsSilent(sent(room).decoded(noise), SECOND / 4));
  }

  List<Run> runs(WireEar room) {
    return noise.runs(sent(room).decoded(noise), Integer.MAX_VALUE).stream()
        .filter(run -> run.length() >= MUSIC)
        .toList();
  }

  /** Waits for music that begins at, or in the fade after, a frame. */
  Run awaitFrom(WireEar room, int frame) {
    Awaitility.await("frame " + frame)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> runs(room).stream().anyMatch(run -> beginsAt(run, frame)));
    return runs(room).stream().filter(run -> beginsAt(run, frame)).findFirst().orElseThrow();
  }

  private static boolean beginsAt(Run run, int frame) {
    return run.first() >= frame && run.first() < frame + SECOND;
  }

  /** The music before a run. */
  Run before(WireEar room, Run run) {
    return runs(room).stream().filter(r -> r.at() < run.at()).toList().getLast();
  }

  /** When a frame of what a room was sent is to be heard, on this machine's clock. */
  long dueMicros(WireEar room, int frame) {
    return sent(room).dueMicros(frame, noise.rate());
  }

  @Override
  public void close() {
    kitchen.close();
    bath.close();
    remote.close();
    tutti.close();
  }
}
