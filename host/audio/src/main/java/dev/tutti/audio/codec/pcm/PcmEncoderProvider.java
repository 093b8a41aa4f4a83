package dev.tutti.audio.codec.pcm;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;

/** Plain samples: takes every format and has no options. */
public final class PcmEncoderProvider implements EncoderProvider {
  @Override
  public String codec() {
    return "pcm";
  }

  @Override
  public String name() {
    return "pure Java";
  }

  @Override
  public Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    if (!spec.options().isBlank()) {
      throw new IllegalArgumentException("pcm has no options, not \"" + spec.options() + "\"");
    }
    return new PcmEncoder(format);
  }
}
