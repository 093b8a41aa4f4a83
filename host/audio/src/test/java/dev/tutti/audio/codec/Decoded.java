package dev.tutti.audio.codec;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/** A whole file, decoded. */
public record Decoded(
    SampleFormat format, OptionalLong claimedFrames, int exactBits, float[] samples) {
  private static final int BLOCK_FRAMES = 1000;

  /** A file of the test resources. */
  public static Path resource(String name) {
    try {
      return Path.of(Decoded.class.getResource("/audio/" + name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static Decoded of(Path file) throws IOException {
    try (Decoder decoder = Decoders.open(file)) {
      return of(decoder, Integer.MAX_VALUE);
    }
  }

  /** Reads on from where the decoder stands, so many frames or to the end. */
  public static Decoded of(Decoder decoder, int frames) throws IOException {
    int channels = decoder.format().channels();
    AudioBlock block = new AudioBlock(channels, BLOCK_FRAMES);
    float[] samples = new float[BLOCK_FRAMES * channels];
    int length = 0;
    int exactBits = 0;
    while (length < (long) frames * channels && decoder.read(block.clear())) {
      int count = block.frames() * channels;
      if (length + count > samples.length) {
        samples = Arrays.copyOf(samples, samples.length * 2);
      }
      System.arraycopy(block.samples(), 0, samples, length, count);
      length += count;
      exactBits = block.exactBits();
    }
    int wanted = (int) Math.min(length, (long) frames * channels);
    return new Decoded(
        decoder.format(), decoder.totalFrames(), exactBits, Arrays.copyOf(samples, wanted));
  }

  public int frames() {
    return samples.length / format.channels();
  }

  public float[] part(int from, int count) {
    int channels = format.channels();
    return Arrays.copyOfRange(samples, from * channels, (from + count) * channels);
  }
}
