package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.player.output.OpenedOnce;
import dev.tutti.player.output.OutputSpec;
import dev.tutti.player.output.StreamOutput;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.status.PlayerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole player with real threads and sockets, against a server on loopback. */
class PlayerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RATE = 48_000;
  private static final int SECOND = RATE * 4;

  private final Sound sound = new Sound();
  private TinyServer server;
  private Player player;

  /** What the player wrote so far. */
  private static final class Sound extends ByteArrayOutputStream {
    /** Bytes since the first that is not silence. */
    synchronized int heard() {
      for (int i = 0; i < count; i++) {
        if (buf[i] != 0) {
          return count - i;
        }
      }
      return 0;
    }
  }

  @TempDir Path folder;

  private void begin(TinyServer served, ServerAddress address, Certificates certificates)
      throws IOException {
    begin(
        served,
        address,
        certificates,
        (format, clock) -> new StreamOutput(sound, format, "memory", clock));
  }

  private void begin(
      TinyServer served, ServerAddress address, Certificates certificates, OutputSpec output)
      throws IOException {
    server = served;
    player = new Player(Setups.of(address, certificates, output));
    player.start();
  }

  private void beginOverTcp() throws IOException {
    TinyServer tcp = new TinyServer();
    begin(tcp, new ServerAddress("127.0.0.1", tcp.port()), Certificates.ofSystem());
  }

  @AfterEach
  void end() throws IOException {
    player.close();
    server.close();
  }

  @Test
  void playsWhatTheServerSendsFrameByFrame() throws IOException {
    beginOverTcp();
    await().atMost(PATIENCE).until(() -> longestUnbroken() > RATE);
    player.close();

    if (disturbances() == 0) {
      assertThat(breaks()).as("breaks that the player does not know of").isEmpty();
    }
    assertThat(player.session().counts().exchanges()).isPositive();
  }

  @Test
  void aConnectionThatIsCutForAMomentIsNotHeard() throws IOException {
    beginOverTcp();
    await().atMost(PATIENCE).until(() -> sound.heard() > SECOND);
    server.cut();
    await().atMost(PATIENCE).until(() -> server.connections > 1);
    int then = sound.heard();
    await().atMost(PATIENCE).until(() -> sound.heard() > then + 2 * SECOND);
    player.close();

    assertThat(player.gauges().underruns()).isZero();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void playsThroughAnEncryptedWebSocketAndACutOfItIsNotHeard() throws Exception {
    OwnCertificates certificates = new OwnCertificates(folder, "ip:127.0.0.1");
    TinyServer wss = TinyServer.web(certificates.listen());
    begin(
        wss,
        ServerAddress.parse("wss://ann:secret@127.0.0.1:" + wss.port() + "/music/stream", 0),
        Certificates.of(certificates.pem()));
    await().atMost(PATIENCE).until(() -> sound.heard() > SECOND);
    server.cut();
    await().atMost(PATIENCE).until(() -> server.connections > 1);
    int then = sound.heard();
    await().atMost(PATIENCE).until(() -> sound.heard() > then + SECOND);
    player.close();

    assertThat(player.gauges().underruns()).isZero();
    assertThat(breaks()).isEmpty();
    assertThat(server.lastRequest)
        .startsWith("GET /music/stream ")
        .contains("Basic YW5uOnNlY3JldA==");
    assertThat(server.lastHello.auth().orElseThrow().param()).isEqualTo("YW5uOnNlY3JldA==");
  }

  @Test
  void endsWhenNobodyReadsItsRecordingAnyMore() throws Exception {
    PipedInputStream reader = new PipedInputStream();
    PipedOutputStream pipe = new PipedOutputStream(reader);
    reader.close();
    TinyServer tcp = new TinyServer();
    begin(
        tcp,
        new ServerAddress("127.0.0.1", tcp.port()),
        Certificates.ofSystem(),
        new OpenedOnce((format, clock) -> new StreamOutput(pipe, format, "a pipe", clock)));

    player.awaitOutputGone();

    assertThat(player.device()).contains("nothing more can be written to a pipe");
  }

  @Test
  void tellsHowItDoes() throws IOException {
    beginOverTcp();
    await().atMost(PATIENCE).until(() -> player.status().report().playing());

    PlayerStatus status = player.status();
    assertThat(status.complaint()).isEmpty();
    assertThat(status.server()).endsWith(":" + server.port());
    assertThat(status.tutti()).isFalse();
    assertThat(status.stream()).isEqualTo("pcm 48000:16:2");
    assertThat(status.bufferMs()).isEqualTo(4000);
    assertThat(status.report().bufferMs()).isBetween(1, 5000);
    assertThat(status.report().boundMicros()).isPositive();
    assertThat(status.report().output()).contains("memory");
  }

  /** What a machine that is too busy does to the sound. */
  private long disturbances() {
    Gauges gauges = player.gauges();
    return gauges.underruns() + gauges.resyncs() + gauges.deviceBreaks();
  }

  /** The most frames in a row of which each is the next of the line. */
  private int longestUnbroken() {
    int all = sound.size() / 4;
    int from = all - sound.heard() / 4;
    int longest = 0;
    for (int at : breaks()) {
      longest = Math.max(longest, at - from);
      from = at;
    }
    return Math.max(longest, all - from);
  }

  /** After which frames the next one was not the next of the line, after the first moments. */
  private List<Integer> breaks() {
    ShortBuffer samples =
        ByteBuffer.wrap(sound.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    int first = 0;
    while (first < samples.limit() && samples.get(first) == 0) {
      first++;
    }
    List<Integer> breaks = new ArrayList<>();
    for (int i = first + 4800; i + 2 < samples.limit() - 9600; i += 2) {
      // On a busy machine it may have to steer, and then the line is no longer made of whole steps.
      if (Math.abs(samples.get(i + 2) - samples.get(i)) > 4) {
        breaks.add(i / 2);
      }
    }
    return breaks;
  }
}
