package dev.tutti.audio.codec.mp3;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.DecoderProvider;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.TrimmedDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * MP3, MP2 and MP1 files through JLayer, without the silence that encoders put around the music
 * when they say how much it is.
 */
public final class Mp3DecoderProvider implements DecoderProvider {
  /** What every layer III decoder adds itself: 528 samples of its filters and one more. */
  private static final int DECODER_DELAY = 529;

  /** How far the length in a tag may be off: tags behind the music are not counted in it. */
  private static final long TOLERATED_BYTES = 64 * 1024;

  @Override
  public String name() {
    return "mp3 (pure Java, JLayer)";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("mp3", "mp2", "mpga");
  }

  @Override
  public int priority() {
    // Its frames have the weakest marker of all: asked after the others in pure Java.
    return -1;
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    ByteFile in = ByteFile.open(path);
    try {
      Optional<FrameIndex> index = FrameIndex.find(in);
      if (index.isEmpty()) {
        in.close();
        return Optional.empty();
      }
      return Optional.of(open(in, index.get()));
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static Decoder open(ByteFile in, FrameIndex index) throws IOException {
    byte[] first = index.read(0).orElseThrow(in::truncated);
    Optional<XingTag> tag = XingTag.read(first, index.kind());
    int firstFrame = tag.isPresent() ? 1 : 0;
    long claimed = tag.map(XingTag::frames).orElse(0L);
    boolean trusted = tag.isPresent() && isPlausible(tag.get(), in, index);
    long frames = trusted ? claimed : index.countAll() - firstFrame;
    if (frames <= 0) {
      throw in.unreadable("holds no MPEG audio frames");
    }
    long decoded = frames * index.kind().samples();
    int delay = tag.map(XingTag::delay).orElse(-1);
    int skip = delay < 0 ? 0 : delay + DECODER_DELAY;
    int padding =
        delay < 0 || (claimed > 0 && frames != claimed) ? 0 : tag.map(XingTag::padding).orElse(0);
    long length = Math.min(decoded - Math.max(delay, 0) - padding, decoded - skip);
    return new TrimmedDecoder(
        new Mp3Stream(in, index, firstFrame), 0, skip, OptionalLong.of(Math.max(0, length)), 0);
  }

  /** Whether the tag speaks of this file: not of one it was cut from or put in front of. */
  private static boolean isPlausible(XingTag tag, ByteFile in, FrameIndex index) {
    long there = in.size() - index.firstPlace();
    return tag.frames() > 0
        && tag.frames() <= there / FrameHeader.BYTES
        && tag.bytes() > 0
        && tag.bytes() <= there
        && there - tag.bytes() < TOLERATED_BYTES;
  }
}
