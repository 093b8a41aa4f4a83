package dev.tutti.player.rehearsal;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A tone, for a while in each codec that this machine can encode, cut into messages with times. */
final class RehearsalTone {
  private static final SampleFormat FORMAT = SampleFormat.DEFAULT;
  private static final List<String> CODECS = List.of("pcm", "opus", "ogg", "flac");
  private static final int CHUNK_FRAMES = FORMAT.rate() / 50;
  private static final int CHUNKS = 25;
  private static final double STEP = 2 * Math.PI * 440 / FORMAT.rate();

  private record Timed(long micros, ByteBuffer message) {}

  private final Deque<Timed> messages = new ArrayDeque<>();
  private long micros;
  private int frame;

  /**
   * @param beginMicros when its first frame is sent
   */
  RehearsalTone(long beginMicros) {
    micros = beginMicros;
    for (String codec : CODECS) {
      try (Encoder encoder = Encoders.open(new CodecSpec(codec, ""), FORMAT, CHUNK_FRAMES)) {
        add(encoder);
      } catch (IllegalArgumentException absent) {
        System.getLogger(RehearsalTone.class.getName())
            .log(System.Logger.Level.INFO, "not rehearsed: {0}", absent.getMessage());
      }
    }
  }

  private void add(Encoder encoder) {
    messages.add(new Timed(micros, header(encoder).frame(0, 0, micros, micros)));
    float[] samples = new float[CHUNK_FRAMES * FORMAT.channels()];
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      for (int i = 0; i < CHUNK_FRAMES; i++, frame++) {
        samples[2 * i] = (float) (0.3 * Math.sin(frame * STEP));
        samples[2 * i + 1] = samples[2 * i];
      }
      encoder.encode(samples, CHUNK_FRAMES, 0, this::packet);
    }
  }

  private static CodecHeader header(Encoder encoder) {
    return switch (encoder.codec()) {
      case "pcm" -> CodecHeader.pcm(FORMAT.rate(), FORMAT.bits(), FORMAT.channels());
      case "opus" -> CodecHeader.opus(FORMAT.rate(), FORMAT.bits(), FORMAT.channels());
      default -> CodecHeader.of(encoder.codec(), encoder.header());
    };
  }

  private void packet(byte[] data, int frames) {
    messages.add(
        new Timed(
            micros, new WireChunk(micros, ByteBuffer.wrap(data)).frame(0, 0, micros, micros)));
    micros += 1_000_000L * frames / FORMAT.rate();
  }

  /** Sends what is due. */
  void sendDue(long nowMicros, Consumer<ByteBuffer> out) {
    while (!messages.isEmpty() && messages.element().micros() <= nowMicros) {
      out.accept(messages.remove().message());
    }
  }

  /** Whether its last frame is past at an instant. */
  boolean isOver(long nowMicros) {
    return messages.isEmpty() && nowMicros > micros;
  }
}
