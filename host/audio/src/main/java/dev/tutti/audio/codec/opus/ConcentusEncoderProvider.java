package dev.tutti.audio.codec.opus;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;

/** Opus in pure Java: works everywhere. */
public final class ConcentusEncoderProvider implements EncoderProvider {
  private static final int MAX_PACKET_BYTES = 4000;

  @Override
  public String codec() {
    return "opus";
  }

  @Override
  public String name() {
    return "pure Java (Concentus)";
  }

  @Override
  public Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    OpusOptions options = OpusOptions.of(spec);
    OpusOptions.check(format);
    try {
      return new OpusPacketEncoder(new Concentus(options), blockFrames);
    } catch (OpusException refused) {
      throw new IllegalArgumentException("Concentus refuses " + options, refused);
    }
  }

  private static final class Concentus implements OpusPacketEncoder.Codec {
    private final OpusEncoder encoder;
    private final short[] numbers = new short[960 * 2];
    private final byte[] packet = new byte[MAX_PACKET_BYTES];

    Concentus(OpusOptions options) throws OpusException {
      encoder = new OpusEncoder(48_000, 2, OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY);
      encoder.setBitrate(options.bitrate());
      encoder.setComplexity(options.complexity());
    }

    /** Rounds without dither: what the codec itself adds is far louder than half a step. */
    @Override
    public byte[] encode(float[] samples, int frames) {
      for (int i = 0; i < frames * 2; i++) {
        float value = Math.max(-32_768, Math.min(32_767, samples[i] * 32_768));
        numbers[i] = (short) Math.rint(value);
      }
      try {
        int length = encoder.encode(numbers, 0, frames, packet, 0, packet.length);
        return Arrays.copyOf(packet, length);
      } catch (OpusException failed) {
        throw new IllegalStateException("Concentus could not encode a packet", failed);
      }
    }

    @Override
    public void close() {}
  }
}
