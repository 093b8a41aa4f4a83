package dev.tutti.audio.codec.flac;

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
 * FLAC files, by our own frame decoder: it gives memory only for what is there, takes every seek to
 * the frame, and the same frames travel in chunks.
 */
public final class FlacDecoderProvider implements DecoderProvider {
  @Override
  public String name() {
    return "flac (pure Java)";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("flac");
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    ByteFile in = ByteFile.open(path);
    try {
      Optional<FlacFile> file = FlacFile.read(in);
      if (file.isEmpty()) {
        in.close();
        return Optional.empty();
      }
      FlacStream stream = new FlacStream(in, supported(in, file.get()));
      long total = file.get().totalFrames();
      return Optional.of(
          new TrimmedDecoder(
              stream,
              stream.position(),
              stream.position(),
              total > 0 ? OptionalLong.of(total) : OptionalLong.empty(),
              stream.format().bits()));
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static FlacFile supported(ByteFile in, FlacFile file) throws IOException {
    if (file.bits() > 24) {
      throw in.unreadable(
          "is FLAC with "
              + file.bits()
              + " bits; up to 24 are supported, 32 only through FFmpeg 6 or newer");
    }
    if (file.rate() < 8000 || file.rate() > 384_000) {
      throw in.unreadable("claims a sample rate of " + file.rate() + " Hz");
    }
    return file;
  }
}
