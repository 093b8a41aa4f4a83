package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.interop.CountedNoise.Run;
import dev.tutti.snapcast.protocol.CodecHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server sent to one client: since the last codec header.
 *
 * @param codec null before the first
 * @param bufferMs as the client was told
 * @param lies Time replies whose stamps cannot be true
 */
record WireRecord(@Nullable CodecHeader codec, int bufferMs, List<Sent> chunks, List<String> lies) {
  static final WireRecord NOTHING = new WireRecord(null, 0, List.of(), List.of());

  /** What every chunk lasts: the default chunk_ms. */
  static final long CHUNK_MICROS = 20_000;

  /** Less time than this to travel, to be decoded and to wait for its turn is too little. */
  static final long LEAST_RESERVE_MICROS = 300_000;

  private static final int CHUNK_FRAMES = 960;

  /**
   * @param arrivedMicros when it came, on the server's clock (both are this machine's)
   */
  record Sent(long timestampMicros, long arrivedMicros, byte[] data) {}

  /** How long before it was to be heard a chunk came. */
  long reserveMicros(Sent chunk) {
    return chunk.timestampMicros() + 1000L * bufferMs - chunk.arrivedMicros();
  }

  double seconds() {
    return chunks.size() * CHUNK_MICROS / 1e6;
  }

  /**
   * What is wrong with it, one line each: holes and overlaps in time, chunks that came late (but
   * for the past that a joiner is given), Time replies that lie, frames that are not what went in.
   * Empty if all is well.
   */
  List<String> faults(CountedNoise noise, int written) {
    List<String> faults = new ArrayList<>(lies);
    long joined = chunks.isEmpty() ? 0 : chunks.getFirst().arrivedMicros();
    for (int i = 0; i < chunks.size(); i++) {
      Sent chunk = chunks.get(i);
      long step = i == 0 ? CHUNK_MICROS : chunk.timestampMicros() - at(i - 1).timestampMicros();
      if (Math.abs(step - CHUNK_MICROS) > 1) {
        faults.add("chunk " + i + " begins " + step + " us after the one before it");
      }
      if (chunk.timestampMicros() > joined && reserveMicros(chunk) < LEAST_RESERVE_MICROS) {
        faults.add("chunk " + i + " came " + reserveMicros(chunk) + " us before it was due");
      }
    }
    byte[] pcm = decoded(noise);
    List<Run> runs = noise.runs(pcm, written);
    if (!one(runs)) {
      faults.add(chunks.size() + " chunks hold " + runs);
    }
    return faults;
  }

  /** One run to the end, with nothing before it but the silence before the first frame. */
  private boolean one(List<Run> runs) {
    return runs.size() == 1
        && runs.getFirst().at() + runs.getFirst().length() == chunks.size() * CHUNK_FRAMES
        && (runs.getFirst().at() == 0 || runs.getFirst().first() == 0);
  }

  private Sent at(int i) {
    return chunks.get(i);
  }

  /**
   * When frame 0 is (or would be) heard, if the client does as it is told; the same whatever chunk
   * it is reckoned from, or the test ends here.
   */
  long frameZeroMicros(CountedNoise noise, int written) {
    assertThat(faults(noise, written)).as("on the wire").isEmpty();
    Run run = noise.runs(decoded(noise), written).getFirst();
    long firstFrame = run.first() - (long) run.at();
    return chunks.getFirst().timestampMicros() + 1000L * bufferMs - firstFrame * 1000 / 48;
  }

  /** A line for a failure's message. */
  String summary() {
    long joined = chunks.isEmpty() ? 0 : chunks.getFirst().arrivedMicros();
    long[] reserves =
        chunks.stream()
            .filter(c -> c.timestampMicros() > joined)
            .mapToLong(this::reserveMicros)
            .sorted()
            .toArray();
    return reserves.length == 0
        ? chunks.size() + " chunks were sent"
        : String.format(
            "%.1f s were sent, each chunk %d to %d ms before it was due",
            seconds(), reserves[0] / 1000, reserves[reserves.length - 1] / 1000);
  }

  /** The frames in the form that goes into the FIFO and comes out of snapclient. */
  byte[] decoded(CountedNoise noise) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodecHeader head = codec;
    if (head == null) {
      return new byte[0];
    }
    boolean pcm = head.codec().equals("pcm");
    if (!pcm) {
      byte[] start = new byte[head.header().remaining()];
      head.header().duplicate().get(start);
      bytes.writeBytes(start);
    }
    chunks.forEach(chunk -> bytes.writeBytes(chunk.data()));
    return pcm ? bytes.toByteArray() : lossless(bytes.toByteArray(), noise.bits());
  }

  private static byte[] lossless(byte[] file, int bits) {
    Path path = null;
    try {
      path = Files.createTempFile("wire", ".flac");
      Files.write(path, file);
      try (Decoder decoder = Decoders.open(path)) {
        return pcm(decoder, bits);
      }
    } catch (IOException e) {
      throw new AssertionError("what was sent cannot be decoded", e);
    } finally {
      if (path != null) {
        path.toFile().delete();
      }
    }
  }

  private static byte[] pcm(Decoder decoder, int bits) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AudioBlock block = new AudioBlock(2, 4096);
    while (decoder.read(block.clear())) {
      int count = block.frames() * 2;
      ByteBuffer some =
          ByteBuffer.allocate(count * (bits == 16 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        int sample = Math.round(block.samples()[i] * (1 << (bits - 1)));
        if (bits == 16) {
          some.putShort((short) sample);
        } else {
          some.putInt(sample);
        }
      }
      out.writeBytes(some.array());
    }
    return out.toByteArray();
  }
}
