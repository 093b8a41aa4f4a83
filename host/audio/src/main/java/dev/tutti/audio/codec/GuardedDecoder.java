package dev.tutti.audio.codec;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Keeps the promise of {@link Decoder} for decoders written by others: on damaged data these throw
 * whatever occurs to them. After a failure every read fails the same way.
 */
final class GuardedDecoder implements Decoder {
  private final Path file;
  private final Decoder decoder;

  GuardedDecoder(Path file, Decoder decoder) {
    this.file = file;
    this.decoder = decoder;
  }

  @Override
  public SampleFormat format() {
    return decoder.format();
  }

  @Override
  public OptionalLong totalFrames() {
    return decoder.totalFrames();
  }

  @Override
  public boolean read(AudioBlock block) throws IOException {
    if (block.channels() != format().channels()) {
      throw new IllegalArgumentException(
          "a block of " + block.channels() + " channels for " + format());
    }
    try {
      return decoder.read(block);
    } catch (RuntimeException | StackOverflowError | AssertionError broken) {
      throw damaged(file, broken);
    }
  }

  @Override
  public void seek(long frame) throws IOException {
    if (frame < 0) {
      throw new IllegalArgumentException("there is no frame " + frame);
    }
    try {
      decoder.seek(frame);
    } catch (RuntimeException | StackOverflowError | AssertionError broken) {
      throw damaged(file, broken);
    }
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }

  static UnreadableAudio damaged(Path file, Throwable broken) {
    return new UnreadableAudio(file, "is damaged (" + broken + ")", broken);
  }
}
