package dev.tutti.audio.codec.stream;

import java.io.IOException;

/** The ID3v2 tags that some programs put before any kind of audio. */
public final class Id3 {
  private static final int HEAD_BYTES = 10;
  private static final int FOOTER_FLAG = 0x10;

  private Id3() {}

  /** Where the audio begins: behind the tags, or at 0. Leaves the file's position anywhere. */
  public static long end(ByteFile in) throws IOException {
    long at = 0;
    byte[] head = new byte[HEAD_BYTES];
    while (true) {
      in.position(at);
      if (in.read(head, 0, HEAD_BYTES) < HEAD_BYTES
          || head[0] != 'I'
          || head[1] != 'D'
          || head[2] != '3') {
        return at;
      }
      int length = 0;
      for (int i = 6; i < HEAD_BYTES; i++) {
        length = length << 7 | (head[i] & 0x7F);
      }
      at += HEAD_BYTES + length + ((head[5] & FOOTER_FLAG) != 0 ? HEAD_BYTES : 0);
    }
  }
}
