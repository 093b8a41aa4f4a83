package dev.tutti.snapcast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameParserTest {
  private static final int KEPT = 65_536;

  private final List<String> seen = new ArrayList<>();
  private final FrameParser parser = new FrameParser(KEPT);

  private void feed(byte[] bytes) throws ProtocolException {
    parser.feed(
        ByteBuffer.wrap(bytes),
        (header, payload) ->
            seen.add(header.type() + ":" + Message.decode(header.type(), payload)));
  }

  private static byte[] allMessages() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Golden.all()
        .forEach((name, bytes) -> {
          if (!name.startsWith("ogg")) {
            out.writeBytes(bytes);
          }
        });
    return out.toByteArray();
  }

  private static byte[] header(int type, int size) {
    ByteBuffer out = ByteBuffer.allocate(BaseHeader.BYTES);
    new BaseHeader(type, 0, 0, 0, 0, size).encode(out);
    return out.array();
  }

  @Test
  void messagesArriveInOrderHoweverTheBytesAreCut() throws Exception {
    byte[] bytes = allMessages();
    feed(bytes);
    List<String> whole = List.copyOf(seen);
    assertThat(whole).hasSize(12);
    for (int seed = 0; seed < 200; seed++) {
      seen.clear();
      Random random = new Random(seed);
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(seed % 100 + 1));
        feed(java.util.Arrays.copyOfRange(bytes, at, end));
        at = end;
      }
      assertThat(seen).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void aSizeAboveOneMillionIsRefusedBeforeAnythingIsKept() {
    assertThatThrownBy(() -> feed(header(Hello.TYPE, 1_000_001)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("1000001");
    assertThatThrownBy(() -> feed(header(Hello.TYPE, -1))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aSizeAboveWhatIsWantedIsRefused() {
    assertThatThrownBy(() -> feed(header(Hello.TYPE, KEPT + 1)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void messagesEverybodyIgnoresAreSkippedWithoutBeingKept() throws Exception {
    feed(header(6, 1_000_000));
    for (int i = 0; i < 1000; i++) {
      feed(new byte[1000]);
    }
    feed(Golden.bytes("time-request"));
    assertThat(seen).containsExactly("4:Time[latencyMicros=0]");
  }

  @Test
  void anEmptyPayloadIsAMessage() throws Exception {
    List<BaseHeader> headers = new ArrayList<>();
    parser.feed(ByteBuffer.wrap(header(3, 0)), (header, payload) -> headers.add(header));
    assertThat(headers).containsExactly(new BaseHeader(3, 0, 0, 0, 0, 0));
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> feed(header(9, 0)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("9");
    assertThatThrownBy(() -> new FrameParserTest().feed(header(300, 0)))
        .isInstanceOf(ProtocolException.class);
  }

  /** Whatever arrives, it ends in messages or a ProtocolException. */
  @Test
  void mutatedBytesNeverEndInAnythingButAProtocolException() {
    byte[] bytes = allMessages();
    for (int seed = 0; seed < 5000; seed++) {
      byte[] mutated = mutate(bytes, new Random(seed));
      assertThatCode(() -> parse(mutated)).as("seed %d", seed).doesNotThrowAnyException();
    }
  }

  @Test
  void mutatedPayloadsNeverEndInAnythingButAProtocolException() {
    int refused = 0;
    for (var golden : Golden.all().entrySet()) {
      byte[] bytes = golden.getValue();
      for (int seed = 0; seed < 300; seed++) {
        byte[] payload =
            mutate(java.util.Arrays.copyOfRange(bytes, 26, bytes.length), new Random(seed));
        for (int type = 0; type <= Message.HIGHEST_TYPE; type++) {
          try {
            Message.decode(type, ByteBuffer.wrap(payload));
          } catch (ProtocolException e) {
            refused++;
          }
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private static void parse(byte[] bytes) {
    FrameParser parser = new FrameParser(KEPT);
    try {
      parser.feed(
          ByteBuffer.wrap(bytes), (header, payload) -> Message.decode(header.type(), payload));
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int n = 1 + random.nextInt(8); n > 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = java.util.Arrays.copyOf(bytes, at);
        default -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
      }
    }
    return bytes;
  }
}
