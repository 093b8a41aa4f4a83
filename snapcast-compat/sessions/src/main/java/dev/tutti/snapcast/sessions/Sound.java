package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioClip;
import dev.tutti.audio.dsp.FormatConverter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A clip in the formats of the streams it is mixed into, each made once. Thread-safe. */
public final class Sound {
  private static final int PIECE = 4096;

  private final AudioClip clip;
  private final Map<Format, float[]> made = new ConcurrentHashMap<>();

  private record Format(int rate, int channels) {}

  public Sound(AudioClip clip) {
    this.clip = clip;
  }

  long micros() {
    return clip.micros();
  }

  /**
   * Its samples at another rate and with other channels. Converts at the first call, which takes a
   * while: call it where nobody waits before the sound is mixed.
   */
  public float[] samples(int rate, int channels) {
    return made.computeIfAbsent(new Format(rate, channels), this::convert);
  }

  private float[] convert(Format to) {
    if (to.rate() == clip.rate() && to.channels() == clip.channels()) {
      return clip.samples();
    }
    FormatConverter converter =
        new FormatConverter(clip.rate(), clip.channels(), to.rate(), to.channels());
    AudioBlock in = new AudioBlock(clip.channels(), PIECE);
    AudioBlock out = new AudioBlock(to.channels(), PIECE);
    float[] all =
        new float
            [(int) Math.ceilDiv((long) clip.frames() * to.rate(), clip.rate()) * to.channels()];
    int filled = 0;
    for (int at = 0; at < clip.frames(); ) {
      int count = Math.min(PIECE, clip.frames() - at);
      System.arraycopy(
          clip.samples(), at * clip.channels(), in.samples(), 0, count * clip.channels());
      in.clear().frames(count);
      at += converter.feed(in, 0);
      filled = drain(converter, out, all, filled);
    }
    converter.end();
    filled = drain(converter, out, all, filled);
    return filled == all.length ? all : Arrays.copyOf(all, filled);
  }

  private static int drain(FormatConverter converter, AudioBlock out, float[] all, int filled) {
    int at = filled;
    while (converter.drain(out.clear()) > 0) {
      int count = Math.min(out.frames() * out.channels(), all.length - at);
      System.arraycopy(out.samples(), 0, all, at, count);
      at += count;
    }
    return at;
  }
}
