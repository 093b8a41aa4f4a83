package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.measure.Click;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cable between the house and a room is pulled for longer than the edge holds, and the
 * unmodified snapclient behind it plays on: first what was in hand, then the fallback, then the
 * house again (issue 5 items 7 and 10, S0-1, S0-2, S0-5). For ten minutes: {@code
 * -Dtutti.edge.outage-seconds=600 -Dtest.seconds=900}.
 */
@Tag("long")
class EdgeOutageTest {
  private static final System.Logger LOG = System.getLogger(EdgeOutageTest.class.getName());
  private static final int SECOND = 48_000;
  private static final String CLIENT = "02:00:00:00:00:0e";
  private static final String BUFFER_MS = "8000";
  private static final int OUTAGE_SECONDS = Integer.getInteger("tutti.edge.outage-seconds", 9);

  private static final int CHUNK = SECOND / 50;

  /** What is quieter than this in both channels is silence. */
  private static final float QUIET = 1e-3f;

  @TempDir Path dir;

  @Test
  void aSnapclientBehindTheEdgeHearsNoGapAndKeepsItsConnection() {
    Listening.to(dir, this::listen);
  }

  private void listen(Path tryDir, List<Snapclient> settled) {
    MusicFolder music = MusicFolder.in(tryDir).tone(200, OUTAGE_SECONDS + 120);
    try (CutNetwork network = CutNetwork.open(tryDir);
        TuttiProcess tutti =
            TuttiProcess.startWith(
                tryDir.resolve("data"),
                network.inHouse(),
                List.of("--bind=0.0.0.0", "--control-port=0", "--no-mdns"),
                music.played("flac"));
        TuttiEdge edge =
            TuttiEdge.start(
                tryDir,
                network.inRoom(),
                "tcp://" + CutNetwork.HOUSE + ":" + tutti.streamPort(),
                "--buffer",
                BUFFER_MS);
        Snapclient client = Snapclient.join(tryDir, network.inRoom(), edge.port(), CLIENT)) {
      await("7 s are in hand", edge, client, () -> edge.inHandMillis() >= 7_000);
      await("the fallback is there", edge, client, () -> edge.log().contains("fallback is here"));
      settled.add(client.settled());
      int from = client.frames();
      long cutAt = System.nanoTime();
      network.cut();
      await("the outage", edge, client, () -> System.nanoTime() - cutAt >= OUTAGE_SECONDS * 1e9);
      assertThat(edge.status()).contains("no server serves it", "it plays its fallback");
      network.mend();
      await("the house is back", edge, client, () -> edge.log().contains("the server is back"));
      int back = client.frames();
      await("the house sounds", edge, client, () -> client.frames() >= back + 4 * SECOND);
      assertWhole(client, edge, from, client.frames() - SECOND / 2);
    }
  }

  private static void assertWhole(Snapclient client, TuttiEdge edge, int from, int to) {
    float[] both = Pcm16.samples(client.recorded(), 4 * from, 4 * to);
    int silence = longestSilence(both, frame -> client.saysItWasOffAt(from + frame));
    List<Click> clicks =
        Click.find(both, 2).stream()
            .filter(click -> !client.saysItWasOffAt(from + (int) click.frame()))
            .toList();
    long connections = lines(client, "Connected to");
    LOG.log(
        System.Logger.Level.INFO,
        "{0} s, of them {1} without a server: longest silence {2} frames, {3} clicks, {4}"
            + " connection",
        (to - from) / SECOND,
        OUTAGE_SECONDS,
        silence,
        clicks.size(),
        connections);
    assertThat(silence).as("frames of silence; the edge says:\n%s", edge.log()).isLessThan(CHUNK);
    assertThat(clicks).as("the edge says:\n%s", edge.log()).isEmpty();
    assertThat(connections).as("connections of snapclient:\n%s", client.log()).isEqualTo(1);
  }

  /**
   * In frames.
   *
   * @param own frames of which the client says that it was off there
   */
  private static int longestSilence(float[] both, IntPredicate own) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < both.length; i += 2) {
      boolean quiet = Math.abs(both[i]) < QUIET && Math.abs(both[i + 1]) < QUIET;
      run = quiet ? run + 1 : 0;
      if (run > longest && (run != CHUNK || !own.test(i / 2))) {
        longest = run;
      } else if (run >= CHUNK && longest < CHUNK) {
        run = 0;
      }
    }
    return longest;
  }

  private static long lines(Snapclient client, String text) {
    return client.log().lines().filter(line -> line.contains(text)).count();
  }

  private static void await(
      String what, TuttiEdge edge, Snapclient client, Callable<Boolean> seen) {
    Awaitility.await(what + "; the edge says:\n" + edge.log() + "\nsnapclient:\n" + client.log())
        .atMost(Duration.ofSeconds(OUTAGE_SECONDS + 120))
        .pollInterval(Duration.ofMillis(200))
        .until(seen);
  }
}
