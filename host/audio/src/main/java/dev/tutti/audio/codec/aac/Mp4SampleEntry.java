package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.aac.Mp4Boxes.Box;
import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.Optional;

/**
 * How a track is coded.
 *
 * @param codec {@code mp4a}, {@code alac} …
 * @param objectType of MPEG-4 systems; 0x40 and 0x66 to 0x68 are AAC
 * @param config AudioSpecificConfig, empty unless AAC
 */
record Mp4SampleEntry(String codec, int objectType, byte[] config) {
  private static final int MPEG4_AUDIO = 0x40;
  private static final int MPEG2_AAC_FIRST = 0x66;
  private static final int MPEG2_AAC_LAST = 0x68;
  private static final int ES_DESCRIPTOR = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int SPECIFIC_INFO = 5;
  private static final int MAX_CONFIG_BYTES = 64;

  boolean isAac() {
    return config.length >= 2
        && (objectType == MPEG4_AUDIO
            || (objectType >= MPEG2_AAC_FIRST && objectType <= MPEG2_AAC_LAST));
  }

  /** Reads the first description of a track. */
  static Optional<Mp4SampleEntry> read(ByteFile in, Mp4Boxes boxes, Box table) throws IOException {
    Optional<Box> descriptions = boxes.find(table, "stsd");
    if (descriptions.isEmpty() || descriptions.get().size() < 16) {
      return Optional.empty();
    }
    in.position(descriptions.get().bodyAt() + 8);
    long at = in.position();
    long size = in.u32be();
    String codec = Mp4Boxes.letters(in.readBytes(4));
    if (!codec.equals("mp4a")) {
      return Optional.of(new Mp4SampleEntry(codec, 0, new byte[0]));
    }
    in.position(at + 16);
    int version = in.u16be();
    long boxesAt = at + 36 + (version == 1 ? 16 : version == 2 ? 36 : 0);
    Box entry = new Box(codec, boxesAt, Math.min(at + size, descriptions.get().end()));
    Optional<Box> esds = boxes.find(entry, "esds");
    if (esds.isEmpty()) {
      esds = boxes.find(entry, "wave", "esds");
    }
    return esds.isEmpty()
        ? Optional.of(new Mp4SampleEntry(codec, 0, new byte[0]))
        : Optional.of(descriptor(in, esds.get()));
  }

  /** Descriptors lie in each other; each begins with a number and its length. */
  private static Mp4SampleEntry descriptor(ByteFile in, Box esds) throws IOException {
    in.position(esds.bodyAt() + 4);
    int objectType = 0;
    while (in.position() + 2 <= esds.end()) {
      int tag = in.u8();
      int length = length(in);
      switch (tag) {
        case ES_DESCRIPTOR -> {
          in.skip(2);
          int flags = in.u8();
          in.skip((flags & 0x80) != 0 ? 2 : 0);
          in.skip((flags & 0x40) != 0 ? in.u8() : 0);
          in.skip((flags & 0x20) != 0 ? 2 : 0);
        }
        case DECODER_CONFIG -> {
          objectType = in.u8();
          in.skip(12);
        }
        case SPECIFIC_INFO -> {
          byte[] config = in.readBytes(Math.min(length, MAX_CONFIG_BYTES));
          return new Mp4SampleEntry("mp4a", objectType, config);
        }
        default -> in.skip(length);
      }
    }
    return new Mp4SampleEntry("mp4a", objectType, new byte[0]);
  }

  private static int length(ByteFile in) throws IOException {
    int length = 0;
    for (int i = 0; i < 4; i++) {
      int next = in.u8();
      length = length << 7 | (next & 0x7F);
      if (next < 0x80) {
        break;
      }
    }
    return length;
  }
}
