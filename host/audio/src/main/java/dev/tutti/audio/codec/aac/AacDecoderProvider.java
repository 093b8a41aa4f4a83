package dev.tutti.audio.codec.aac;

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
 * AAC in MP4 (M4A) and in ADTS through JAAD, cut as the file's gapless tag or edit list says. The
 * boxes are read by our own code, which gives memory only for what is there.
 */
public final class AacDecoderProvider implements DecoderProvider {
  @Override
  public String name() {
    return "aac, m4a (pure Java, JAAD)";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("m4a", "m4b", "mp4", "aac");
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    ByteFile in = ByteFile.open(path);
    try {
      Optional<Mp4Track> track = Mp4Track.read(in);
      if (track.isPresent()) {
        return Optional.of(mp4(track.get()));
      }
      Optional<AdtsFrames> frames = AdtsFrames.find(in);
      if (frames.isPresent()) {
        AacStream stream = new AacStream(frames.get());
        long length = (long) frames.get().count() * stream.unitFrames();
        return Optional.of(new TrimmedDecoder(stream, 0, 0, OptionalLong.of(length), 0));
      }
      in.close();
      return Optional.empty();
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static Decoder mp4(Mp4Track track) throws IOException {
    AacStream stream = new AacStream(track);
    int rate = stream.format().rate();
    long decoded = (long) track.count() * stream.unitFrames();
    long skip = Math.min(decoded, scaled(track.skip(), rate, track.timeScale()));
    long length =
        Math.min(decoded - skip, scaled(track.length().orElse(decoded), rate, track.timeScale()));
    return new TrimmedDecoder(stream, 0, skip, OptionalLong.of(length), 0);
  }

  private static long scaled(long units, int rate, long scale) {
    return rate == scale ? units : Math.round(units * (double) rate / scale);
  }
}
