package dev.tutti.audio.codec;

import dev.tutti.api.audio.SampleFormat;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The encoders of this machine. Thread-safe. */
public final class Encoders {
  private static final class Found {
    static final List<EncoderProvider> ALL =
        ServiceLoader.load(EncoderProvider.class, Encoders.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(
                Comparator.comparing(EncoderProvider::codec)
                    .thenComparing(EncoderProvider::priority, Comparator.reverseOrder()))
            .toList();
  }

  private Encoders() {}

  /** Every encoder that is built in, whether it can work here or not, per codec the best first. */
  public static List<EncoderProvider> all() {
    return Found.ALL;
  }

  /** The encoders that work on this machine, per codec the best first. */
  public static List<EncoderProvider> available() {
    return Found.ALL.stream().filter(EncoderProvider::available).toList();
  }

  /**
   * Opens the best encoder of this machine for a codec.
   *
   * @param spec codec and options
   * @param format what will be fed
   * @param blockFrames frames per call to encode, as a rule; at least 1
   * @throws IllegalArgumentException with a readable reason if the codec is unknown, needs a
   *     library that is not installed, or cannot take the options or the format
   */
  public static Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    if (blockFrames < 1) {
      throw new IllegalArgumentException("a block needs at least 1 frame, not " + blockFrames);
    }
    List<EncoderProvider> family =
        Found.ALL.stream().filter(p -> p.codec().equals(spec.codec())).toList();
    if (family.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown codec \"" + spec.codec() + "\"; there are " + names());
    }
    return family.stream()
        .filter(EncoderProvider::available)
        .max(Comparator.comparingInt(p -> p.priority(spec)))
        .orElseThrow(() -> new IllegalArgumentException(family.getFirst().requirement()))
        .open(spec, format, blockFrames);
  }

  private static String names() {
    return Found.ALL.stream()
        .map(EncoderProvider::codec)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
