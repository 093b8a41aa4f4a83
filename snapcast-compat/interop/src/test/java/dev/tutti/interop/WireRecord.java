package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.codec.ChunkDecoder;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.flac.FlacChunks;
import dev.tutti.audio.codec.ogg.VorbisChunks;
import dev.tutti.audio.codec.opus.OpusChunks;
import dev.tutti.audio.codec.pcm.PcmChunks;
import dev.tutti.interop.CountedNoise.Run;
import dev.tutti.snapcast.protocol.CodecHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
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
  static final long LEAST_RESERVE_MICROS = 100_000;

  private static final int CHUNK_FRAMES = 960;

  /** Of any server, in any codec. */
  private static final int MOST_CHUNK_FRAMES = 1 << 14;

  /**
   * @param arrivedMicros when it came, on the server's clock (both are this machine's)
   */
  record Sent(long timestampMicros, long arrivedMicros, byte[] data) {}

  /**
   * What came at an instant of this machine's clock or later. A joiner is given the past at once,
   * of which a busy machine leaves out what is too late to be heard; from then on all must be
   * there.
   */
  WireRecord since(long nanos) {
    List<Sent> later = chunks.stream().filter(c -> c.arrivedMicros() >= nanos / 1000).toList();
    return new WireRecord(codec, bufferMs, later, lies);
  }

  /** How long before it was to be heard a chunk came. */
  long reserveMicros(Sent chunk) {
    return chunk.timestampMicros() + 1000L * bufferMs - chunk.arrivedMicros();
  }

  double seconds() {
    return chunks.size() * CHUNK_MICROS / 1e6;
  }

  /**
   * What is wrong with it, one line each: as {@link #timeFaults}, and frames that are not what went
   * in. Empty if all is well.
   */
  List<String> faults(CountedNoise noise, int written) {
    List<String> faults = timeFaults();
    List<Run> runs = noise.runs(decoded(noise), written);
    if (!one(runs)) {
      faults.add(chunks.size() + " chunks hold " + runs);
    }
    return faults;
  }

  /** Holes and overlaps in time, chunks that came late, Time replies that lie. */
  List<String> timeFaults() {
    List<String> faults = new ArrayList<>(lies);
    for (int i = 0; i < chunks.size(); i++) {
      Sent chunk = chunks.get(i);
      long step = i == 0 ? CHUNK_MICROS : chunk.timestampMicros() - at(i - 1).timestampMicros();
      if (Math.abs(step - CHUNK_MICROS) > 1) {
        faults.add("chunk " + i + " begins " + step + " us after the one before it");
      }
      if (reserveMicros(chunk) < LEAST_RESERVE_MICROS) {
        faults.add("chunk " + i + " came " + reserveMicros(chunk) + " us before it was due");
      }
    }
    return faults;
  }

  /** One run and nothing else. */
  private boolean one(List<Run> runs) {
    return runs.size() == 1 && runs.getFirst().length() == chunks.size() * CHUNK_FRAMES;
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
    return frameZeroMicros(noise.runs(decoded(noise), written).getFirst(), noise.rate());
  }

  /** As above, reckoned from a run of frames in what is {@link #decoded}. */
  long frameZeroMicros(Run run, int rate) {
    return micros(0) + (run.at() - (long) run.first()) * 1_000_000 / rate;
  }

  /** When a chunk is to be heard. */
  long micros(int chunk) {
    return at(chunk).timestampMicros() + 1000L * bufferMs;
  }

  /** When a frame of what is {@link #decoded} is to be heard. */
  long dueMicros(int frame, int rate) {
    return micros(frame / CHUNK_FRAMES) + frame % CHUNK_FRAMES * 1_000_000L / rate;
  }

  /** When a period of a glide is to begin to be heard. */
  long zeroMicros(Glide glide) {
    float[] sent = left();
    assertThat(sent).as("frames sent").hasSizeGreaterThan(glide.rate());
    Glide.Place due = glide.find(Arrays.copyOf(sent, glide.rate()));
    return micros(1) - Math.round(due.frame() * 1e6 / glide.rate());
  }

  /** A line for a failure's message. */
  String summary() {
    LongSummaryStatistics reserves =
        chunks.stream().mapToLong(this::reserveMicros).summaryStatistics();
    return String.format(
        "%.1f s were sent, each chunk %d to %d ms before it was due",
        seconds(), reserves.getMin() / 1000, reserves.getMax() / 1000);
  }

  /**
   * The left channel from chunk 1 on, by the decoder that a player uses; of lossy codecs too. Chunk
   * 0 is not complete where a decoder joins in the middle.
   */
  float[] left() {
    CodecHeader head = codec;
    if (head == null) {
      return new float[0];
    }
    byte[] start = new byte[head.header().remaining()];
    head.header().duplicate().get(start);
    try {
      ChunkDecoder decoder =
          switch (head.codec()) {
            case "opus" -> new OpusChunks(start);
            case "ogg" -> new VorbisChunks(start);
            case "flac" -> new FlacChunks(start);
            default -> new PcmChunks(start);
          };
      FloatBuffer left = FloatBuffer.allocate(chunks.size() * MOST_CHUNK_FRAMES);
      for (Sent chunk : chunks) {
        int frames = decoder.decode(chunk.data());
        for (int i = 0; i < frames && chunk != chunks.getFirst(); i++) {
          left.put(decoder.samples()[i * decoder.format().channels()]);
        }
      }
      return Arrays.copyOf(left.array(), left.position());
    } catch (IOException e) {
      throw new AssertionError("what was announced cannot be decoded", e);
    }
  }

  /** The frames in the form that goes into the FIFO and comes out of snapclient. */
  byte[] decoded(CountedNoise noise) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodecHeader head = codec;
    if (head == null || chunks.isEmpty()) {
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
