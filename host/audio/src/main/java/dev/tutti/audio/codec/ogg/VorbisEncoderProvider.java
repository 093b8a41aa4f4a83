package dev.tutti.audio.codec.ogg;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;
import java.util.Locale;

/** Vorbis in Ogg through libvorbisenc: there is no Vorbis encoder in Java. */
public final class VorbisEncoderProvider implements EncoderProvider {
  private static final int NATIVE = 10;
  private static final float DEFAULT_QUALITY = 0.9f;

  /** Any number will do: a stream of one logical bitstream has nothing to be confused with. */
  private static final int SERIAL = 0x54757474;

  @Override
  public String codec() {
    return "ogg";
  }

  @Override
  public String name() {
    return LibVorbis.find().map(LibVorbis::version).orElse("libvorbisenc");
  }

  @Override
  public int priority() {
    return NATIVE;
  }

  @Override
  public boolean available() {
    return LibVorbis.find().isPresent();
  }

  @Override
  public String requirement() {
    return "ogg needs libvorbisenc: apt install libvorbisenc2";
  }

  @Override
  public Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    float quality = quality(spec.options());
    if (format.bits() != 16 && format.bits() != 24) {
      throw new IllegalArgumentException("ogg takes 16 or 24 bits, not " + format);
    }
    LibVorbis library =
        LibVorbis.find().orElseThrow(() -> new IllegalArgumentException(requirement()));
    return new VorbisEncoder(library, format, quality, SERIAL);
  }

  private static float quality(String options) {
    String text = options.strip().toUpperCase(Locale.ROOT);
    if (text.isEmpty()) {
      return DEFAULT_QUALITY;
    }
    if (text.matches("VBR:-?\\d(\\.\\d{1,4})?")) {
      float quality = Float.parseFloat(text.substring("VBR:".length()));
      if (quality >= -0.1f && quality <= 1) {
        return quality;
      }
    }
    throw new IllegalArgumentException("ogg takes VBR:-0.1 to VBR:1.0, not \"" + options + "\"");
  }
}
