package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;

/** libFLAC where the system has it: taken for levels 3 to 8, which compress better. */
public final class LibFlacEncoderProvider implements EncoderProvider {
  private static final int NATIVE = 10;

  @Override
  public String codec() {
    return "flac";
  }

  @Override
  public String name() {
    return LibFlac.find().map(library -> "libFLAC " + library.version()).orElse("libFLAC");
  }

  @Override
  public int priority() {
    return NATIVE;
  }

  @Override
  public boolean available() {
    return LibFlac.find().isPresent();
  }

  @Override
  public String requirement() {
    return "libFLAC is not installed: apt install libflac12";
  }

  @Override
  public Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    int level = FlacLevel.of(spec);
    StreamInfo.check(format, blockFrames);
    LibFlac library = LibFlac.find().orElseThrow(() -> new IllegalArgumentException(requirement()));
    return new LibFlacEncoder(library, format, level, blockFrames);
  }
}
