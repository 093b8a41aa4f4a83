package dev.tutti.audio.codec.flac;

import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.Id3;
import java.io.IOException;
import java.util.Optional;

/**
 * What a FLAC file says about itself before its frames.
 *
 * @param maxBlockFrames largest block; where frames carry the block's number, all have this size
 * @param rate frames per second
 * @param channels 1 to 8
 * @param bits per sample, 4 to 32
 * @param totalFrames 0 if unknown
 * @param framesAt where in the file the first frame begins
 */
record FlacFile(
    int maxBlockFrames, int rate, int channels, int bits, long totalFrames, long framesAt) {
  static final long MARKER = 0x664C6143L;

  private static final int STREAMINFO_BYTES = 34;

  /** Even silence takes some bytes: more frames per byte than this is a lie. */
  private static final long MAX_FRAMES_PER_BYTE = 8192;

  /**
   * Reads the metadata.
   *
   * @return empty if it is no FLAC file
   * @throws IOException if it is one, but damaged
   */
  static Optional<FlacFile> read(ByteFile in) throws IOException {
    in.position(Id3.end(in));
    if (in.remaining() < 4 || in.u32be() != MARKER) {
      return Optional.empty();
    }
    boolean last = (in.u8() & 0x80) != 0;
    if (in.u24be() != STREAMINFO_BYTES) {
      throw in.unreadable("is FLAC, but without its STREAMINFO");
    }
    in.skip(2);
    int maxBlock = in.u16be();
    in.skip(6);
    long packed = in.u64be();
    in.skip(16);
    while (!last) {
      last = (in.u8() & 0x80) != 0;
      int length = in.u24be();
      if (length > in.remaining()) {
        throw in.truncated();
      }
      in.skip(length);
    }
    long total = packed & 0xFFFFFFFFFL;
    return Optional.of(
        new FlacFile(
            maxBlock,
            (int) (packed >>> 44),
            (int) (packed >>> 41 & 7) + 1,
            (int) (packed >>> 36 & 31) + 1,
            total > in.size() * MAX_FRAMES_PER_BYTE ? 0 : total,
            in.position()));
  }

  /** Where a frame's first sample lies in the stream. */
  long position(FrameHeader header) {
    if (header.numbersFrames()) {
      return header.number();
    }
    return header.number() * (maxBlockFrames > 0 ? maxBlockFrames : header.frames());
  }
}
