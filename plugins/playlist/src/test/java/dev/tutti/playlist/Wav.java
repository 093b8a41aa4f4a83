package dev.tutti.playlist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Small 16-bit stereo files for tests. */
final class Wav {
  private Wav() {}

  /** Noise that another seed does not repeat. */
  static short[] noise(long seed, int frames) {
    RandomGenerator random = new java.util.SplittableRandom(seed);
    short[] samples = new short[frames * 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(-12_000, 12_000);
    }
    return samples;
  }

  static short[] sine(double hz, int rate, int frames, double amplitude) {
    short[] samples = new short[frames * 2];
    for (int i = 0; i < frames; i++) {
      short s = (short) Math.round(amplitude * 32_767 * Math.sin(2 * Math.PI * hz * i / rate));
      samples[2 * i] = s;
      samples[2 * i + 1] = s;
    }
    return samples;
  }

  static Path write(Path file, int rate, short[] samples) {
    ByteBuffer out = ByteBuffer.allocate(44 + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(36 + samples.length * 2).put(ascii("WAVEfmt ")).putInt(16);
    out.putShort((short) 1).putShort((short) 2).putInt(rate).putInt(rate * 4);
    out.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(samples.length * 2);
    for (short s : samples) {
      out.putShort(s);
    }
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, out.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
