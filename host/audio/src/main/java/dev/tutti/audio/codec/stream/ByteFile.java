package dev.tutti.audio.codec.stream;

import dev.tutti.audio.codec.UnreadableAudio;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file read forwards from any place, through one buffer. Lengths that the file claims are held
 * against what is there before memory is given for them. For one thread.
 */
public final class ByteFile implements Closeable {
  private static final int BUFFER_BYTES = 32 * 1024;

  private final Path path;
  private final SeekableByteChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  /** Where in the file the buffer's end lies. */
  private long bufferEnd;

  private ByteFile(Path path, SeekableByteChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  public static ByteFile open(Path path) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path);
    try {
      return new ByteFile(path, channel, channel.size());
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  public Path path() {
    return path;
  }

  /** Bytes when it was opened. */
  public long size() {
    return size;
  }

  public long position() {
    return bufferEnd - buffer.remaining();
  }

  /** Goes to a place; beyond the end there is just nothing to read. */
  public void position(long to) throws IOException {
    long within = to - (bufferEnd - buffer.limit());
    if (within >= 0 && within <= buffer.limit()) {
      buffer.position((int) within);
      return;
    }
    buffer.limit(0);
    bufferEnd = Math.max(0, to);
    channel.position(bufferEnd);
  }

  public void skip(long bytes) throws IOException {
    position(position() + bytes);
  }

  /** Bytes from here to the end. */
  public long remaining() {
    return Math.max(0, size - position());
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    bufferEnd += buffer.limit();
    return read > 0;
  }

  /**
   * @return the next byte as 0 to 255, or −1 at the end
   */
  public int read() throws IOException {
    if (!buffer.hasRemaining() && !fill()) {
      return -1;
    }
    return buffer.get() & 0xFF;
  }

  /**
   * Reads as much as there is, up to a length.
   *
   * @return how much; less than asked for only at the end
   */
  public int read(byte[] to, int offset, int length) throws IOException {
    int done = 0;
    while (done < length && (buffer.hasRemaining() || fill())) {
      int count = Math.min(length - done, buffer.remaining());
      buffer.get(to, offset + done, count);
      done += count;
    }
    return done;
  }

  /**
   * Reads so many bytes.
   *
   * @throws UnreadableAudio if the file ends before; nothing is allocated then
   */
  public byte[] readBytes(long length) throws IOException {
    if (length < 0 || length > remaining()) {
      throw truncated();
    }
    byte[] bytes = new byte[(int) Math.min(length, Integer.MAX_VALUE - 8)];
    if (read(bytes, 0, bytes.length) < length) {
      throw truncated();
    }
    return bytes;
  }

  private int need() throws IOException {
    int value = read();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  public int u8() throws IOException {
    return need();
  }

  public int u16be() throws IOException {
    return need() << 8 | need();
  }

  public int u24be() throws IOException {
    return u16be() << 8 | need();
  }

  public long u32be() throws IOException {
    return (long) u16be() << 16 | u16be();
  }

  public long u64be() throws IOException {
    return u32be() << 32 | u32be();
  }

  public int u16le() throws IOException {
    return need() | need() << 8;
  }

  public long u32le() throws IOException {
    return u16le() | (long) u16le() << 16;
  }

  public long u64le() throws IOException {
    return u32le() | u32le() << 32;
  }

  /** That the file ends too early. */
  public UnreadableAudio truncated() {
    return unreadable("ends in the middle of something (it is cut off, or lies about its size)");
  }

  public UnreadableAudio unreadable(String reason) {
    return new UnreadableAudio(path, reason);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
