package dev.tutti.audio.codec.ogg;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.DecoderProvider;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.TrimmedDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Ogg Vorbis files through jorbis, cut to the positions that their pages tell. */
public final class VorbisDecoderProvider implements DecoderProvider {
  /** More frames per byte than this is a lie. */
  private static final long MAX_FRAMES_PER_BYTE = 8192;

  @Override
  public String name() {
    return "ogg vorbis (pure Java, jorbis)";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("ogg", "oga");
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    ByteFile in = ByteFile.open(path);
    try {
      Optional<OggPackets> packets = OggPackets.find(in, VorbisStream.MARKER);
      if (packets.isEmpty()) {
        in.close();
        return Optional.empty();
      }
      VorbisStream stream = new VorbisStream(in, packets.get());
      long first = Math.max(0, stream.start());
      return Optional.of(
          new TrimmedDecoder(stream, stream.start(), first, length(in, first, stream.end()), 0));
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static OptionalLong length(ByteFile in, long first, OptionalLong end) {
    long frames = end.orElse(first) - first;
    return frames <= 0 || frames > in.size() * MAX_FRAMES_PER_BYTE
        ? OptionalLong.empty()
        : OptionalLong.of(frames);
  }
}
