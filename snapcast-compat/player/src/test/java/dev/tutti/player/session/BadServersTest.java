package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.CodecHeader;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that send what no server should: bounded memory, and another attempt. */
class BadServersTest {
  private static final int MAX_BYTES = 25 * 1024 * 1024;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noiseNeverStopsAPlayer(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FakeServer server = new FakeServer();
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 200; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(200));
      random.nextBytes(bytes.array());
      if (random.nextBoolean() && bytes.limit() > 26) {
        // A header that can be, before a payload that cannot.
        bytes.putShort(0, Short.reverseBytes((short) random.nextInt(10)));
        bytes.putInt(22, Integer.reverseBytes(bytes.limit() - 26));
      }
      server.bytes(bytes);
      server.run(0.01);
    }
    server.run(6);

    assertThat(server.session.isConnected()).as("seed %d", seed).isTrue();
    assertThat(server.queue.bytes()).isLessThan(MAX_BYTES);
  }

  @Test
  void aFloodOfChunksIsKeptWithinBounds() {
    FakeServer server = new FakeServer();
    server.serving(FakeServer.PCM);
    long first = server.serverMicros();
    for (int i = 0; i < 4000; i++) {
      server.chunk(first + i, 40_000);
    }

    assertThat(server.queue.bytes()).isLessThan(MAX_BYTES);
    assertThat(server.session.counts().refused()).isPositive();
  }

  @Test
  void endlessHeadersTakeNoMemory() {
    FakeServer server = new FakeServer();
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 2000; i++) {
      server.tell(new CodecHeader("x" + i, ByteBuffer.allocate(10_000)));
    }

    assertThat(server.queue.bytes()).isZero();
    assertThat(server.session.isConnected()).isTrue();
  }

  @Test
  void chunksWithoutAHeaderAreLeftOut() {
    FakeServer server = new FakeServer();
    server.run(0.5);
    server.chunk(server.serverMicros(), 100);

    assertThat(server.queue.size()).isZero();
  }
}
