package dev.tutti.audio.codec.wav;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.DecoderProvider;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.TrimmedDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** WAV and AIFF files with plain samples. */
public final class WavDecoderProvider implements DecoderProvider {
  @Override
  public String name() {
    return "wav, aiff (pure Java)";
  }

  @Override
  public Set<String> extensions() {
    return Set.of("wav", "aif", "aiff", "aifc");
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    ByteFile in = ByteFile.open(path);
    try {
      Optional<PcmFile> samples = WavHead.open(in);
      if (samples.isEmpty()) {
        in.position(0);
        samples = AiffHead.open(in);
      }
      if (samples.isEmpty()) {
        in.close();
      }
      return samples.map(WavDecoderProvider::decoder);
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  private static Decoder decoder(PcmFile samples) {
    return new TrimmedDecoder(
        samples, 0, 0, OptionalLong.of(samples.frames()), samples.exactBits());
  }
}
