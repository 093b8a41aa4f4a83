package dev.tutti.audio.codec.wav;

import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.wav.SampleLayout.Kind;
import java.io.IOException;
import java.util.Optional;

/** Finds the samples in a RIFF file: WAV, its 64-bit kin, and those that never got their size. */
final class WavHead {
  private static final long RIFF = 0x46464952L;
  private static final long RF64 = 0x34364652L;
  private static final long WAVE = 0x45564157L;
  private static final long FMT = 0x20746D66L;
  private static final long DATA = 0x61746164L;
  private static final long DS64 = 0x34367364L;
  private static final long UNKNOWN_SIZE = 0xFFFFFFFFL;
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int MAX_CHUNKS = 1000;

  private record Format(SampleLayout layout, long rate, int channels) {}

  private WavHead() {}

  static Optional<PcmFile> open(ByteFile in) throws IOException {
    if (in.size() < 12) {
      return Optional.empty();
    }
    long marker = in.u32le();
    in.skip(4);
    if ((marker != RIFF && marker != RF64) || in.u32le() != WAVE) {
      return Optional.empty();
    }
    Format format = null;
    long bigSize = Long.MAX_VALUE;
    for (int chunk = 0; chunk < MAX_CHUNKS && in.remaining() >= 8; chunk++) {
      long id = in.u32le();
      long size = in.u32le();
      long body = in.position();
      if (id == FMT) {
        format = format(in, size);
      } else if (id == DS64 && size >= 16) {
        in.skip(8);
        bigSize = Math.max(0, in.u64le());
      } else if (id == DATA) {
        if (format == null) {
          throw in.unreadable("is WAV, but its samples come before their description");
        }
        // Programs that write into a pipe leave 0 or the largest number.
        long bytes = size == UNKNOWN_SIZE ? bigSize : size == 0 ? Long.MAX_VALUE : size;
        return Optional.of(
            new PcmFile(in, format.layout(), format.rate(), format.channels(), body, bytes));
      }
      in.position(body + size + (size & 1));
    }
    throw in.unreadable("is WAV, but holds no samples");
  }

  private static Format format(ByteFile in, long size) throws IOException {
    if (size < 16) {
      throw in.unreadable("is WAV, but its description is too short");
    }
    int code = in.u16le();
    int channels = in.u16le();
    long rate = in.u32le();
    in.skip(6);
    int bits = in.u16le();
    if (code == EXTENSIBLE && size >= 26) {
      in.skip(8);
      code = in.u16le();
    }
    Kind kind =
        switch (code) {
          case PCM -> bits <= 8 ? Kind.UNSIGNED : Kind.SIGNED;
          case FLOAT -> Kind.FLOAT;
          default -> throw in.unreadable("is WAV with codec " + code + ", not plain samples");
        };
    return new Format(SampleLayout.of(in, bits, kind, false), rate, channels);
  }
}
