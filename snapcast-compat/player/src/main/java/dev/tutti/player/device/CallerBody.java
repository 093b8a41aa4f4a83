package dev.tutti.player.device;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a caller sends, so that its failures are told from those of our own disk. */
final class CallerBody extends FilterInputStream {
  /** The caller is gone, or does not speak HTTP any more. */
  static final class Left extends IOException {
    private static final long serialVersionUID = 1;

    Left(Exception cause) {
      super("the caller left: " + cause.getMessage(), cause);
    }
  }

  CallerBody(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return super.read(into, offset, length);
    } catch (IOException | IndexOutOfBoundsException e) {
      // The JDK's server meets an absurd length of a chunk with the latter.
      throw new Left(e);
    }
  }
}
