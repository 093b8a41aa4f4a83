package dev.tutti.audio.codec.flac;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * FLAC by libFLAC. The library keeps one sample more than a block before it writes a frame, so the
 * packet of a block comes with the next block. Its frame numbers are set to 0 for the reason given
 * at {@link FlacFrameCoder}.
 */
final class LibFlacEncoder implements Encoder {
  private record Written(byte[] frame, int frames) {}

  private final LibFlac library;
  private final SampleFormat format;
  private final int blockFrames;
  private final PcmWriter writer;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment encoder;
  private final List<Written> written = new ArrayList<>();
  private int[] numbers;
  private MemorySegment nativeNumbers;
  private int inside;
  private boolean closed;

  LibFlacEncoder(LibFlac library, SampleFormat format, int level, int blockFrames) {
    this.library = library;
    this.format = format;
    this.blockFrames = blockFrames;
    this.writer = new PcmWriter(format.bits(), new Dither(FlacEncoder.DITHER_SEED));
    this.numbers = new int[blockFrames * format.channels()];
    this.nativeNumbers = arena.allocate(JAVA_INT, numbers.length);
    try {
      this.encoder =
          library.open(
              format.rate(),
              format.bits(),
              format.channels(),
              level,
              blockFrames,
              arena,
              this::written);
    } catch (RuntimeException refused) {
      arena.close();
      throw refused;
    }
  }

  private void written(MemorySegment data, int frames) {
    if (frames > 0) {
      written.add(new Written(data.toArray(JAVA_BYTE), frames));
    }
  }

  @Override
  public String codec() {
    return "flac";
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public byte[] header() {
    return StreamInfo.head(format, blockFrames);
  }

  @Override
  public void encode(float[] samples, int frames, int exactBits, PacketSink out) {
    int count = frames * format.channels();
    if (count > numbers.length) {
      numbers = new int[count];
      nativeNumbers = arena.allocate(JAVA_INT, count);
    }
    writer.toInts(samples, 0, count, exactBits, numbers, 0);
    MemorySegment.copy(numbers, 0, nativeNumbers, JAVA_INT, 0, count);
    inside += frames;
    library.process(encoder, nativeNumbers, frames);
    for (Written packet : written) {
      inside -= packet.frames();
      out.packet(FlacFrames.numberedZero(packet.frame()), packet.frames());
    }
    written.clear();
  }

  @Override
  public int framesInside() {
    return inside;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      library.close(encoder);
      arena.close();
    }
  }
}
