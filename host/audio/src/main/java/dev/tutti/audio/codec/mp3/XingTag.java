package dev.tutti.audio.codec.mp3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What encoders leave in a silent first frame: how long the stream is and what to cut off.
 *
 * @param frames that follow this one; 0 if it does not say
 * @param bytes of the stream, this frame included; 0 if it does not say
 * @param delay samples that the encoder put before the music, −1 if it does not say
 * @param padding samples that it put behind
 */
record XingTag(long frames, long bytes, int delay, int padding) {
  private static final int HAS_FRAMES = 1;
  private static final int HAS_BYTES = 2;
  private static final int HAS_TOC = 4;
  private static final int HAS_QUALITY = 8;
  private static final int TOC_BYTES = 100;

  /** From the encoder's name to the three bytes that hold delay and padding. */
  private static final int TO_DELAY = 21;

  private static final int VBRI_OFFSET = FrameHeader.BYTES + 32;

  /**
   * Reads the tag.
   *
   * @param frame the whole first frame
   */
  static Optional<XingTag> read(byte[] frame, FrameHeader header) {
    int at = header.tagOffset();
    if (header.layer() != 3 || frame.length < at + 8) {
      return Optional.empty();
    }
    String name = new String(frame, at, 4, StandardCharsets.US_ASCII);
    if (name.equals("Xing") || name.equals("Info")) {
      ByteBuffer tag = ByteBuffer.wrap(frame, at + 4, frame.length - at - 4);
      return Optional.of(read(tag));
    }
    boolean vbri =
        frame.length >= VBRI_OFFSET + 18
            && new String(frame, VBRI_OFFSET, 4, StandardCharsets.US_ASCII).equals("VBRI");
    // The lengths in a VBRI tag are not worth trusting: the frames are counted instead.
    return vbri ? Optional.of(new XingTag(0, 0, -1, 0)) : Optional.empty();
  }

  private static XingTag read(ByteBuffer tag) {
    int flags = tag.getInt();
    long frames = number(tag, (flags & HAS_FRAMES) != 0);
    long bytes = number(tag, (flags & HAS_BYTES) != 0);
    int skip =
        ((flags & HAS_TOC) != 0 ? TOC_BYTES : 0) + ((flags & HAS_QUALITY) != 0 ? 4 : 0) + TO_DELAY;
    if (tag.remaining() < skip + 3) {
      return new XingTag(frames, bytes, -1, 0);
    }
    boolean named = tag.get(tag.position() + skip - TO_DELAY) != 0;
    tag.position(tag.position() + skip);
    int packed = (tag.get() & 0xFF) << 16 | (tag.get() & 0xFF) << 8 | (tag.get() & 0xFF);
    return named
        ? new XingTag(frames, bytes, packed >> 12, packed & 0xFFF)
        : new XingTag(frames, bytes, -1, 0);
  }

  private static long number(ByteBuffer tag, boolean there) {
    return there && tag.remaining() >= 4 ? tag.getInt() & 0xFFFFFFFFL : 0;
  }
}
