package dev.tutti.playlist;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.ogg.OggPackets;
import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an Opus file says about itself.
 *
 * @param comments its tags
 * @param durationMs from the last page's position, without the pre-skip; 0 if unknown
 */
record OpusFacts(VorbisComments comments, long durationMs) {
  private static final byte[] HEAD = "OpusHead".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_TAGS_BYTES = 16 * 1024 * 1024;

  /** R128 gains lead to −23 LUFS, ReplayGain's to −18. */
  private static final double R128_TO_REPLAY_GAIN_DB = 5;

  /**
   * @return empty if this is no Opus file, or cannot be read
   */
  static Optional<OpusFacts> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".opus") && !name.endsWith(".ogg") && !name.endsWith(".oga")) {
      return Optional.empty();
    }
    try (ByteFile in = ByteFile.open(file)) {
      Optional<OggPackets> packets = OggPackets.find(in, HEAD, MAX_TAGS_BYTES);
      if (packets.isEmpty() || packets.get().next().isEmpty()) {
        return Optional.empty();
      }
      byte[] tags = packets.get().next().map(OggPackets.Packet::data).orElse(new byte[0]);
      return Optional.of(new OpusFacts(comments(tags), durationMs(file)));
    } catch (IOException unreadable) {
      // Playing decides whether the file is good, and says so then.
      return Optional.empty();
    }
  }

  private static VorbisComments comments(byte[] packet) {
    return packet.length >= TAGS.length && Arrays.equals(TAGS, Arrays.copyOf(packet, TAGS.length))
        ? VorbisComments.read(ByteBuffer.wrap(packet).position(TAGS.length))
        : VorbisComments.NONE;
  }

  private static long durationMs(Path file) {
    try (Decoder decoder = Decoders.open(file)) {
      return decoder.totalFrames().orElse(0) * 1000 / decoder.format().rate();
    } catch (IOException unplayable) {
      return 0;
    }
  }

  Optional<String> first(String name) {
    return comments.first(name);
  }

  List<String> all(String name) {
    return comments.all(name);
  }

  Optional<byte[]> picture() {
    return comments.picture();
  }

  /**
   * As ReplayGain counts it; null without.
   *
   * @param of TRACK or ALBUM
   */
  @Nullable Double gainDb(String of) {
    Double r128 = number("R128_" + of + "_GAIN", 32_768);
    return r128 == null
        ? number("REPLAYGAIN_" + of + "_GAIN", 100)
        : Double.valueOf(r128 / 256 + R128_TO_REPLAY_GAIN_DB);
  }

  /** 1 is full scale; null without. */
  @Nullable Double peak(String of) {
    return number("REPLAYGAIN_" + of + "_PEAK", 100);
  }

  private @Nullable Double number(String name, double limit) {
    try {
      String text = first(name).orElse("").strip().split("[^0-9.+-]", 2)[0];
      double number = Double.parseDouble(text);
      return Math.abs(number) <= limit ? Double.valueOf(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
