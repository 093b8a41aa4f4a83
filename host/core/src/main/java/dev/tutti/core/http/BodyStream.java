package dev.tutti.core.http;

import dev.tutti.api.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/**
 * A request's body for a route that reads it itself: no longer than the route takes, and what goes
 * wrong is told as the caller is to see it. Used by one thread.
 */
final class BodyStream extends InputStream {
  private final InputStream in;
  private final long maxBytes;
  private long count;

  BodyStream(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    int read;
    try {
      read = in.read(to, offset, length);
    } catch (IOException e) {
      throw e.getCause() instanceof TimeoutException
          ? new HttpException(408, "the body did not come in time")
          : new HttpException(400, "the body broke off after " + count + " bytes");
    }
    count += Math.max(0, read);
    if (count > maxBytes) {
      throw BodyReader.tooLong(maxBytes);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
