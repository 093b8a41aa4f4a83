package dev.tutti.core.fetch;

import dev.tutti.api.net.FetchRefused;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Refuses to read more than so many bytes. One thread. */
final class LimitedStream extends FilterInputStream {
  private final long maxBytes;
  private final URI uri;
  private long readBytes;

  LimitedStream(InputStream in, long maxBytes, URI uri) {
    super(in);
    this.maxBytes = maxBytes;
    this.uri = uri;
  }

  static FetchRefused tooLong(URI uri, long maxBytes) {
    return new FetchRefused(
        "%s is longer than the %d KiB allowed".formatted(uri, Math.ceilDiv(maxBytes, 1024)));
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int bytes = super.read(into, offset, length);
    count(bytes);
    return bytes;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(bytes, 0, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws IOException {
    readBytes += Math.max(0, bytes);
    if (readBytes > maxBytes) {
      throw tooLong(uri, maxBytes);
    }
  }
}
