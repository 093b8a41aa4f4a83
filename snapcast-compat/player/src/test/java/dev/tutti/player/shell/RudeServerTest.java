package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.player.session.LogLines;
import dev.tutti.player.session.ServerSession;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.WireChunk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A whole player at a real socket whose other end misbehaves, in each way once, and then serves.
 */
class RudeServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MANY = 50_000;

  @Test
  void outlivesEachKindOfRudenessAndPlaysWhenTheServerServes() throws IOException {
    List<TinyServer.Rudeness> kinds =
        List.of(
            RudeServerTest::noise,
            RudeServerTest::absurdSize,
            RudeServerTest::closesAtOnce,
            RudeServerTest::floodOfSettings,
            RudeServerTest::endlessHeaders,
            RudeServerTest::endlessMessage,
            RudeServerTest::nothingButAByte);
    try (LogLines log = new LogLines(ServerSession.class);
        TinyServer server = new TinyServer(kinds);
        Player player = player(server.port())) {
      player.start();

      await().atMost(PATIENCE).until(() -> player.gauges().playing());

      assertThat(server.connections).isGreaterThan(kinds.size());
      assertThat(log.lines()).anyMatch(line -> line.contains("is not Snapcast's protocol"));
      assertThat(log.lines()).anyMatch(line -> line.contains("announces 4294967295 bytes"));
      assertThat(log.lines()).anyMatch(line -> line.contains("floods us"));
      assertThat(log.lines()).anyMatch(line -> line.contains("another stream again and again"));
      assertThat(log.lines()).anyMatch(line -> line.contains("does not answer our hello"));
      assertThat(log.lines()).hasSizeLessThan(60);
    }
  }

  private static Player player(int port) throws IOException {
    return new Player(Setups.of(Setups.here(port), Certificates.ofSystem(), Setups.NOWHERE));
  }

  private static void noise(OutputStream out) throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(4).nextBytes(bytes);
    out.write(bytes);
  }

  private static void absurdSize(OutputStream out) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BaseHeader.BYTES);
    BaseHeader.put(header, WireChunk.TYPE, 0, 0, 0, 0, -1);
    out.write(header.array());
  }

  private static void closesAtOnce(OutputStream out) throws IOException {
    out.close();
  }

  private static void floodOfSettings(OutputStream out) throws IOException {
    for (int i = 0; i < MANY; i++) {
      out.write(new ServerSettings(1000, 0, false, i % 100).frame(0, 0, 0, 0).array());
    }
  }

  private static void endlessHeaders(OutputStream out) throws IOException {
    for (int i = 0; i < MANY; i++) {
      out.write(new CodecHeader("x" + i, ByteBuffer.allocate(20_000)).frame(0, 0, 0, 0).array());
    }
  }

  /** Of a kind that is skipped: it never ends, and it means nothing. */
  private static void endlessMessage(OutputStream out) throws IOException {
    ByteBuffer tags = ByteBuffer.allocate(BaseHeader.BYTES + 10_000);
    BaseHeader.put(tags, 6, 0, 0, 0, 0, 10_000);
    while (true) {
      out.write(tags.array());
    }
  }

  private static void nothingButAByte(OutputStream out) throws IOException {
    out.write(1);
  }
}
