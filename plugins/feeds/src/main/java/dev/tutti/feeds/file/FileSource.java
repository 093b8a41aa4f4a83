package dev.tutti.feeds.file;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.Track;
import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.feeds.pcm.WavHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A file of raw PCM in the stream's format, over and over without a gap: {@code
 * file:///srv/loop.pcm}. A WAV header is skipped. Its length is looked up at each turn, so the file
 * may grow or shrink.
 */
public final class FileSource implements OnDemandSource {
  private final Path path;
  private final SampleFormat format;
  private final PcmReader reader;
  private final FileChannel channel;
  private final long header;
  private final Track track;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private long frames;
  private long next;

  private FileSource(Path path, SampleFormat format, FileChannel channel) throws IOException {
    this.path = path;
    this.format = format;
    this.reader = new PcmReader(format.bits());
    this.channel = channel;
    this.header = header(channel, format);
    this.frames = length();
    this.track = Track.titled(title(path));
  }

  /**
   * Opens the file.
   *
   * @throws IOException with a sentence for the user if there is no such file, or no audio in it
   */
  public static FileSource open(SourceRequest request) throws IOException {
    Path path = Path.of(request.uri().path());
    if (!request.uri().host().isEmpty() || !path.isAbsolute()) {
      throw new IOException(
          "a file needs an absolute path, with three slashes: file:///srv/loop.pcm");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          Files.exists(path)
              ? path + " is no regular file; named pipes are played by pipe://" + path
              : "there is no file " + path);
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileSource(path, request.format(), channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static long header(FileChannel channel, SampleFormat format) throws IOException {
    byte[] begin = new byte[WavHeader.LONGEST];
    int got = Math.max(0, channel.read(ByteBuffer.wrap(begin), 0));
    return Math.max(0, WavHeader.length(begin, got, format));
  }

  private long length() throws IOException {
    long whole = (channel.size() - header) / format.frameBytes();
    if (whole <= 0) {
      throw new IOException(path + " holds no audio");
    }
    return whole;
  }

  private static String title(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public boolean read(AudioBlock block) throws IOException {
    int wanted = (int) Math.min(block.free(), frames - next);
    int got = readAt(next, wanted, block);
    next += got;
    if (next >= frames || got < wanted) {
      next = 0;
      frames = length();
    }
    return true;
  }

  private int readAt(long frame, int count, AudioBlock block) throws IOException {
    int size = count * format.frameBytes();
    if (bytes.capacity() < size) {
      bytes = ByteBuffer.allocate(size);
    }
    bytes.clear().limit(size);
    long at = header + frame * format.frameBytes();
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        break;
      }
    }
    int got = bytes.position() / format.frameBytes();
    int samples = got * format.channels();
    int offset = block.frames() * format.channels();
    reader.toFloats(bytes.array(), 0, block.samples(), offset, samples);
    block.frames(block.frames() + got).exactBits(reader.exactBits());
    return got;
  }

  @Override
  public String position() {
    return Long.toString(next);
  }

  @Override
  public void reposition(String token) throws IOException {
    if (!token.matches("\\d{1,18}")) {
      throw new IOException("\"" + token + "\" is no place in a file");
    }
    next = Long.parseLong(token) % frames;
  }

  @Override
  public boolean skipFrames(long count) {
    next = (next + count) % frames;
    return true;
  }

  @Override
  public Track track() {
    return track;
  }

  @Override
  public Optional<Duration> elapsed() {
    return Optional.of(
        Duration.ofSeconds(
            next / format.rate(), next % format.rate() * 1_000_000_000L / format.rate()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
