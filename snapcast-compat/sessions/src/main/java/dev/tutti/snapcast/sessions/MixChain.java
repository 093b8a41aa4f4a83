package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.ChannelRouter;
import dev.tutti.audio.dsp.DelayLine;
import dev.tutti.audio.dsp.Equalizer;
import dev.tutti.audio.dsp.GainRamp;
import java.util.Arrays;
import java.util.List;

/**
 * Renders one mix: overlays, delay, channels, equaliser, gain. Where nothing is to be done, samples
 * leave bit by bit as they came. Used by one thread; allocates only when a longer block comes.
 */
final class MixChain {
  private final Mix mix;
  private final SampleFormat format;
  private final ChannelRouter router;
  private final DelayLine delay;
  private final Equalizer equalizer;
  private final float gain;
  private float[] work = new float[0];
  private float[] out = new float[0];
  private int exactBits;

  /**
   * @param format of the stream
   */
  MixChain(Mix mix, SampleFormat format) {
    this.mix = mix;
    this.format = format;
    router = new ChannelRouter(mix.settings().channels(), format.channels());
    delay =
        new DelayLine((int) Math.round(mix.delayMicros() * format.rate() / 1e6), format.channels());
    equalizer = new Equalizer(mix.settings().bands(), format.rate(), router.channels());
    gain = (float) GainRamp.ofDb(mix.settings().gainDb());
  }

  /** What leaves. */
  static SampleFormat output(Mix mix, SampleFormat format) {
    int channels = new ChannelRouter(mix.settings().channels(), format.channels()).channels();
    return new SampleFormat(format.rate(), format.bits(), channels);
  }

  /** Time jumps before the next block: what was heard before it is over. */
  void reset() {
    delay.reset();
    equalizer.reset();
  }

  /** The bits that hold what {@link #render} made last. */
  int exactBits() {
    return exactBits;
  }

  /**
   * Renders a block.
   *
   * @return interleaved samples; valid until the next call, and not to be written to
   */
  float[] render(Block block) {
    int frames = block.frames();
    exactBits = block.exactBits();
    if (untouched(block)) {
      return block.samples();
    }
    if (work.length < frames * format.channels()) {
      work = new float[frames * format.channels()];
      out = new float[frames * Math.max(2, format.channels())];
    }
    System.arraycopy(block.samples(), 0, work, 0, frames * format.channels());
    overlay(block.timeMicros(), frames);
    delay.apply(work, frames, format.channels());
    router.apply(work, out, frames);
    exactBits = router.exact() ? exactBits : 0;
    if (!equalizer.flat()) {
      equalizer.apply(out, frames);
      exactBits = 0;
    }
    if (gain != 1) {
      for (int i = 0; i < frames * router.channels(); i++) {
        out[i] *= gain;
      }
      exactBits = 0;
    }
    return out;
  }

  private boolean untouched(Block block) {
    return mix.settings().none() && mix.program() && !overlaid(block.timeMicros(), block.frames());
  }

  private boolean overlaid(long timeMicros, int frames) {
    List<Overlay> overlays = mix.overlays();
    for (int i = 0; i < overlays.size(); i++) {
      if (touches(overlays.get(i), timeMicros, frames)) {
        return true;
      }
    }
    return false;
  }

  private boolean touches(Overlay overlay, long timeMicros, int frames) {
    return overlay.beginsMicros() < timeMicros + format.microsOf(frames)
        && overlay.overMicros() > timeMicros;
  }

  private void overlay(long timeMicros, int frames) {
    if (!mix.program()) {
      Arrays.fill(work, 0, frames * format.channels(), 0);
      exactBits = format.bits();
    }
    if (!overlaid(timeMicros, frames)) {
      return;
    }
    exactBits = 0;
    List<Overlay> overlays = mix.overlays();
    for (int f = 0; f < frames; f++) {
      double left = 1;
      for (int i = 0; i < overlays.size(); i++) {
        Overlay overlay = overlays.get(i);
        left = Math.min(left, overlay.duckAt(frameOf(overlay, timeMicros) + f, format.rate()));
      }
      for (int c = 0; c < format.channels(); c++) {
        work[f * format.channels() + c] *= (float) left;
      }
    }
    for (int i = 0; i < overlays.size(); i++) {
      add(overlays.get(i), timeMicros, frames);
    }
  }

  /** The number of an overlay's frame that is heard first in a block; may be negative. */
  private long frameOf(Overlay overlay, long timeMicros) {
    return Math.round((timeMicros - overlay.startMicros()) * (format.rate() / 1e6));
  }

  private void add(Overlay overlay, long timeMicros, int frames) {
    int channels = format.channels();
    float[] sound = overlay.sound().samples(format.rate(), channels);
    long first = frameOf(overlay, timeMicros);
    int from = Math.clamp(-first, 0, frames);
    int to = Math.clamp(sound.length / channels - first, 0, frames);
    float level = (float) overlay.gain();
    for (int f = from; f < to; f++) {
      int at = (int) (first + f) * channels;
      for (int c = 0; c < channels; c++) {
        work[f * channels + c] += level * sound[at + c];
      }
    }
  }
}
