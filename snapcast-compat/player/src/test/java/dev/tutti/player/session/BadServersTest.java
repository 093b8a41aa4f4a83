package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that send what no server should: bounded memory, a line in the log that says it, and
 * another attempt (issue 4, bad input).
 */
class BadServersTest {
  private static final int MAX_BYTES = 25 * 1024 * 1024;
  private static final int MAX_WAITING_BYTES = 13 * 1024 * 1024;
  private static final int MOST_LINES_IN_A_MINUTE = 20;

  private final LogLines log = new LogLines(ServerSession.class);
  private final FakeServer server = new FakeServer();

  @AfterEach
  void end() {
    log.close();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noiseNeverStopsAPlayerNorFillsItsLog(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
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
    assertThat(log.lines()).hasSizeLessThanOrEqualTo(MOST_LINES_IN_A_MINUTE);
    assertThat(log.lines()).anyMatch(line -> line.contains("is not Snapcast's protocol"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_001, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void anAbsurdSizeIsSaidAndTheServerIsAskedAnew(int size) {
    server.serving(FakeServer.PCM);
    ByteBuffer header = ByteBuffer.allocate(BaseHeader.BYTES);
    BaseHeader.put(header, WireChunk.TYPE, 0, 0, 0, 0, size);

    server.bytes(header.flip());

    partsWith("announces " + Integer.toUnsignedString(size) + " bytes");
  }

  @Test
  void aFloodOfChunksIsKeptWithinBounds() {
    server.serving(FakeServer.PCM);
    long first = server.serverMicros();
    for (int i = 0; i < 4000; i++) {
      server.chunk(first + i, 40_000);
    }

    assertThat(server.queue.bytes()).isLessThan(MAX_BYTES);
    assertThat(server.session.counts().refused()).isPositive();
  }

  @Test
  void chunksBeforeTheTimeIsKnownAreKeptWithinBounds() {
    server.answersTime = false;
    server.run(0.03);
    server.tell(CodecHeader.of("pcm", FakeServer.PCM.header()));
    for (int i = 0; i < 4000; i++) {
      server.chunk(server.serverMicros() + i, 40_000);
    }
    server.answersTime = true;
    server.run(1);

    assertThat(server.queue.bytes()).isPositive().isLessThan(MAX_WAITING_BYTES);
  }

  @Test
  void aHeaderForEachChunkIsPaidForLikeTheChunk() {
    server.serving(FakeServer.PCM);
    ChunkQueue queue = new ChunkQueue();
    int kept = 0;
    while (queue.add(new Chunk(new StreamHead("x" + kept, new byte[50_000]), 0, 0, new byte[1]))) {
      kept++;
    }

    assertThat(kept).isLessThan(MAX_BYTES / 50_000);
  }

  @Test
  void endlessHeadersEndTheConnection() {
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 2000; i++) {
      server.tell(new CodecHeader("x" + i, ByteBuffer.allocate(10_000)));
    }

    assertThat(server.queue.bytes()).isZero();
    partsWith("announces another stream again and again");
  }

  @Test
  void aHeaderLongerThanAnyCodecHasEndsTheConnection() {
    server.serving(FakeServer.PCM);

    server.tell(new CodecHeader("ogg", ByteBuffer.allocate(900_000)));

    partsWith("with a header of 900000 bytes");
  }

  @Test
  void theSameHeaderAgainAndAgainChangesNothing() {
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 1000; i++) {
      server.tell(CodecHeader.of("pcm", FakeServer.PCM.header()));
    }

    assertThat(server.open).isTrue();
  }

  @Test
  void chunksWithoutAHeaderAreLeftOut() {
    server.run(0.5);
    server.chunk(server.serverMicros(), 100);

    assertThat(server.queue.size()).isZero();
  }

  @Test
  void aServerWhoseChunksAllAreFromTheFutureIsLeft() {
    server.serving(FakeServer.PCM);

    streamShifted(3_600_000_000L);

    assertThat(server.queue.size()).isZero();
    partsWith("from the future, this one by 3601.0");
  }

  @Test
  void aServerWhoseChunksAllAreFromThePastIsLeft() {
    server.serving(FakeServer.PCM);

    streamShifted(-3_600_000_000L);

    assertThat(server.queue.size()).isZero();
    partsWith("too late, this one by 3599.0");
  }

  @Test
  void aFewChunksThatComeTooLateAreNoReasonToPart() {
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 30; i++) {
      server.chunk(server.serverMicros() - 2_000_000, 100);
      server.stream(0.5);
    }

    assertThat(server.attempts).hasSize(1);
    assertThat(server.session.counts().late()).isEqualTo(30);
  }

  private void streamShifted(long micros) {
    for (int i = 0; i < 530 && server.open; i++) {
      server.chunk(server.serverMicros() + micros, 100);
      server.run(0.02);
    }
  }

  @Test
  void aServerThatSaysNothingIsAskedAnewForEver() {
    server.answers = false;
    server.run(60);

    assertThat(server.attempts).hasSizeGreaterThan(10);
    assertThat(log.lines())
        .containsExactly("the server does not answer our hello; connecting again");
  }

  @Test
  void aServerThatSendsAByteASecondIsNotWaitedForInTheHandshake() {
    server.answers = false;
    server.run(0.01);

    drip(5);

    partsWith("does not answer our hello");
  }

  @Test
  void aServerThatComesToSendAByteASecondIsTakenForSilent() {
    server.serving(FakeServer.PCM);
    server.answers = false;

    drip(8);

    partsWith("has gone silent");
  }

  private void drip(int seconds) {
    ByteBuffer bytes = new WireChunk(0, ByteBuffer.allocate(500)).frame(0, 0, 0, 0);
    for (int i = 0; i < seconds && server.open; i++) {
      server.bytes(bytes.slice(i, 1));
      server.run(1);
    }
  }

  @Test
  void aServerThatNeverTellsTheTimeIsLeftThoughItTalks() {
    server.serving(FakeServer.PCM);
    server.answersTime = false;
    for (int i = 0; i < 12 && server.open; i++) {
      server.tell(new ServerSettings(1000, 0, false, 50));
      server.run(1);
    }

    partsWith("does not tell us the time");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aServerThatMakesUpTheTimeIsNotAskedWithoutEndAndIsLeft(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    server.serving(FakeServer.PCM);
    int before = server.said.size();
    for (int i = 0; i < 11_000 && server.open; i++) {
      server.serverAhead = random.nextLong(2_000_000_000L) * 1_000_000L;
      server.run(0.001);
    }

    assertThat(server.said.size() - before).isLessThan(11 * 210);
    assertThat(server.open).isFalse();
    server.run(1);
    assertThat(server.attempts).hasSizeGreaterThan(1);
    assertThat(log.lines()).hasSizeLessThanOrEqualTo(MOST_LINES_IN_A_MINUTE);
  }

  @Test
  void aFloodOfSettingsEndsTheConnection() {
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 100_000 && server.open; i++) {
      server.tell(new ServerSettings(1000 + i, 0, false, i % 100));
    }

    partsWith("floods us");
  }

  @Test
  void aFloodOfTimeRepliesThatNobodyAskedForEndsTheConnection() {
    server.serving(FakeServer.PCM);
    ByteBuffer all = ByteBuffer.allocate(100_000 * Time.FRAME_BYTES);
    for (int i = 0; i < 100_000; i++) {
      Time.putReply(all, i % 65_536, 1, 2, 3);
    }

    // All at once, as one read of a socket may bring them.
    server.bytes(all.flip());

    partsWith("floods us");
  }

  @Test
  void whatAServerWritesCannotBreakALineOfTheLogNorFillIt() {
    server.serving(FakeServer.PCM);

    server.tell(new ErrorMessage(403, "Forbidden\n2026 INFO all is well", "x".repeat(9000)));

    assertThat(log.lines().getLast())
        .startsWith("the server refuses: Forbidden?2026")
        .hasSizeLessThan(400);
  }

  /** The connection has ended for a reason that was logged once, and a new one serves. */
  private void partsWith(String reason) {
    assertThat(server.open).isFalse();
    assertThat(log.lines())
        .filteredOn(line -> line.contains(reason))
        .hasSize(1)
        .allMatch(line -> line.endsWith("connecting again"));
    int before = server.attempts.size();
    server.answers = true;
    server.answersTime = true;
    server.run(6);
    assertThat(server.attempts).hasSizeGreaterThan(before);
    assertThat(server.session.isConnected()).isTrue();
  }
}
