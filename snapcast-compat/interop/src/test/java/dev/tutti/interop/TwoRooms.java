package dev.tutti.interop;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A playlist, a remote control, and two snapclients that play it. */
final class TwoRooms implements AutoCloseable {
  private static final int SECOND = 48_000;

  /** A run of frames this long is music, not chance. */
  private static final int MUSIC = 4_800;

  private final CountedNoise noise = new CountedNoise(16);
  final TuttiProcess tutti;
  final Remote remote;
  final Snapclient kitchen;
  final Snapclient bath;

  private TwoRooms(Path dir, MusicFolder music, String codec) {
    tutti = TuttiProcess.start(dir.resolve("data"), music.played(codec));
    remote = Remote.of(tutti);
    kitchen = Snapclient.join(dir, tutti.streamPort(), "02:00:00:00:00:01");
    bath = Snapclient.join(dir, tutti.streamPort(), "02:00:00:00:00:02");
  }

  /** Starts; both have played for a second and a half. */
  static TwoRooms with(Path dir, MusicFolder music, String codec, List<Snapclient> settled) {
    TwoRooms rooms = new TwoRooms(dir, music, codec);
    for (Snapclient each : rooms.both()) {
      Awaitility.await("sound; snapclient says:\n" + each.log())
          .atMost(Duration.ofSeconds(20))
          .until(() -> rooms.soundBytes(each) > 4 * SECOND * 3 / 2);
      settled.add(each.settled());
    }
    return rooms;
  }

  List<Snapclient> both() {
    return List.of(kitchen, bath);
  }

  private int soundBytes(Snapclient client) {
    byte[] pcm = client.recorded();
    return pcm.length - Pcm16.firstSound(pcm, 0);
  }

  /** Lets both play on. */
  void play(double seconds) {
    int[] until = both().stream().mapToInt(c -> c.bytes() + (int) (4 * SECOND * seconds)).toArray();
    Awaitility.await(seconds + " s more")
        .atMost(Duration.ofSeconds(30))
        .until(() -> kitchen.bytes() >= until[0] && bath.bytes() >= until[1]);
  }

  boolean silent() {
    return both().stream().allMatch(c -> Pcm16.endsSilent(c.recorded(), SECOND / 4));
  }

  List<Run> runs(Snapclient client) {
    return noise.runs(client.recorded(), Integer.MAX_VALUE).stream()
        .filter(run -> run.length() >= MUSIC)
        .toList();
  }

  /** Waits for music that begins at, or in the fade after, a frame; and after a place. */
  Run awaitFrom(Snapclient client, int frame) {
    Awaitility.await("frame " + frame)
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> runs(client).stream().anyMatch(run -> beginsAt(run, frame)));
    return runs(client).stream().filter(run -> beginsAt(run, frame)).findFirst().orElseThrow();
  }

  private static boolean beginsAt(Run run, int frame) {
    return run.first() >= frame && run.first() < frame + SECOND;
  }

  /** The music before a run. */
  Run before(Snapclient client, Run run) {
    return runs(client).stream().filter(r -> r.at() < run.at()).toList().getLast();
  }

  @Override
  public void close() {
    kitchen.close();
    bath.close();
    remote.close();
    tutti.close();
  }
}
