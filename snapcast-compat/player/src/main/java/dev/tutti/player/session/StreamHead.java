package dev.tutti.player.session;

import java.util.Arrays;

/**
 * What a server said of the chunks that follow.
 *
 * @param codec {@code pcm}, {@code flac}, {@code opus}, {@code ogg}, or something we do not know
 * @param header what the codec's decoder needs; read only
 */
public record StreamHead(String codec, byte[] header) {
  /** The same codec in the same format: a decoder can go on. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StreamHead head
        && codec.equals(head.codec)
        && Arrays.equals(header, head.header);
  }

  @Override
  public int hashCode() {
    return 31 * codec.hashCode() + Arrays.hashCode(header);
  }

  @Override
  public String toString() {
    return codec + " with a header of " + header.length + " bytes";
  }
}
