package dev.tutti.audio.codec.wav;

import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.wav.SampleLayout.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the samples in an AIFF or AIFF-C file. */
final class AiffHead {
  private static final long FORM = 0x464F524DL;
  private static final long AIFF = 0x41494646L;
  private static final long AIFC = 0x41494643L;
  private static final long COMM = 0x434F4D4DL;
  private static final long SSND = 0x53534E44L;
  private static final int MAX_CHUNKS = 1000;

  private record Format(SampleLayout layout, long rate, int channels) {}

  private AiffHead() {}

  static Optional<PcmFile> open(ByteFile in) throws IOException {
    if (in.size() < 12 || in.u32be() != FORM) {
      return Optional.empty();
    }
    in.skip(4);
    long type = in.u32be();
    if (type != AIFF && type != AIFC) {
      return Optional.empty();
    }
    Format format = null;
    long samplesAt = -1;
    long samplesBytes = 0;
    for (int chunk = 0; chunk < MAX_CHUNKS && in.remaining() >= 8; chunk++) {
      long id = in.u32be();
      long size = in.u32be();
      long body = in.position();
      if (id == COMM) {
        format = format(in, type == AIFC && size >= 22);
      } else if (id == SSND) {
        long offset = in.u32be();
        samplesAt = body + 8 + offset;
        samplesBytes = size - 8 - offset;
      }
      if (format != null && samplesAt >= 0) {
        break;
      }
      in.position(body + size + (size & 1));
    }
    return Optional.of(open(in, format, samplesAt, samplesBytes));
  }

  private static PcmFile open(ByteFile in, @Nullable Format format, long at, long bytes)
      throws IOException {
    if (format == null || at < 0) {
      throw in.unreadable("is AIFF, but holds no samples or does not describe them");
    }
    return new PcmFile(in, format.layout(), format.rate(), format.channels(), at, bytes);
  }

  private static Format format(ByteFile in, boolean named) throws IOException {
    int channels = in.u16be();
    in.skip(4);
    int bits = in.u16be();
    long rate = rate(in);
    String codec = named ? new String(in.readBytes(4), StandardCharsets.US_ASCII) : "NONE";
    SampleLayout layout =
        switch (codec) {
          case "NONE", "twos", "in16", "in24", "in32" ->
              SampleLayout.of(in, bits, Kind.SIGNED, true);
          case "sowt" -> SampleLayout.of(in, bits, Kind.SIGNED, false);
          case "raw " -> SampleLayout.of(in, bits, Kind.UNSIGNED, true);
          case "fl32", "FL32" -> SampleLayout.of(in, 32, Kind.FLOAT, true);
          case "fl64", "FL64" -> SampleLayout.of(in, 64, Kind.FLOAT, true);
          default -> throw in.unreadable("is AIFF with codec " + codec.strip());
        };
    return new Format(layout, rate, channels);
  }

  /** An 80-bit float, of which sample rates need the upper half at most. */
  private static long rate(ByteFile in) throws IOException {
    int exponent = (in.u16be() & 0x7FFF) - 16_383;
    long mantissa = in.u64be();
    return exponent < 0 || exponent > 31 ? 0 : mantissa >>> (63 - exponent);
  }
}
