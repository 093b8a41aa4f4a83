package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;

/**
 * Our own encoder. It takes every level and compresses like level 2 at each.
 *
 * <p>It is preferred to libFLAC up to level 2 because it has no delay: libFLAC gives a block out
 * only when the next one comes in, which costs every client 20 ms of its buffer and makes a change
 * of encoder at a chunk border audible. Higher levels are asked for by people who want fewer bytes:
 * they get libFLAC where it is installed.
 */
public final class FlacEncoderProvider implements EncoderProvider {
  private static final int PREFERRED = 20;

  @Override
  public String codec() {
    return "flac";
  }

  @Override
  public String name() {
    return "pure Java";
  }

  @Override
  public int priority() {
    return PREFERRED;
  }

  @Override
  public int priority(CodecSpec spec) {
    return FlacLevel.of(spec) <= FlacLevel.HIGHEST_FIXED ? PREFERRED : 0;
  }

  @Override
  public Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    FlacLevel.of(spec);
    StreamInfo.check(format, blockFrames);
    return new FlacEncoder(format, blockFrames);
  }
}
