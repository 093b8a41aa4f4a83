package dev.tutti.audio.codec.opus;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.DecoderProvider;
import dev.tutti.audio.codec.ogg.OggPackets;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.TrimmedDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Opus files (in Ogg) through Concentus: without the pre-skip, to the end the last page tells. */
public final class OpusDecoderProvider implements DecoderProvider {
  /** More frames per byte than this is a lie. */
  private static final long MAX_FRAMES_PER_BYTE = 8192;

  @Override
  public String name() {
    return "opus (pure Java, Concentus)";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("opus");
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    ByteFile in = ByteFile.open(path);
    try {
      Optional<OggPackets> packets = OggPackets.find(in, OpusHead.MARKER);
      if (packets.isEmpty()) {
        in.close();
        return Optional.empty();
      }
      OpusStream stream = new OpusStream(in, packets.get());
      OptionalLong end = stream.end();
      long frames = end.orElse(0) - stream.audible();
      boolean known = frames > 0 && frames <= in.size() * MAX_FRAMES_PER_BYTE;
      return Optional.of(
          new TrimmedDecoder(
              stream,
              stream.start(),
              stream.audible(),
              known ? OptionalLong.of(frames) : OptionalLong.empty(),
              0));
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }
}
