package dev.tutti.player.lab;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.fallback.Loop;
import java.util.OptionalLong;

/**
 * A sound of which each moment is known: a tone that sways up and down, so that no shift of it by
 * some periods sounds like the tone itself. It begins anew after seven seconds, without a seam. For
 * one thread.
 */
final class Tone {
  private static final int RATE = LabServer.FORMAT.rate();
  private static final int SECONDS = 7;
  private static final int FRAMES = SECONDS * RATE;

  static final Tone STREAM = new Tone(0.4, 137, 60);
  static final Tone PACK = new Tone(0.3, 61, 20);

  private final double amplitude;
  private final double hz;
  private final double sway;
  private final float[] wave = new float[FRAMES];

  private Tone(double amplitude, int hz, double swayRadians) {
    this.amplitude = amplitude;
    this.hz = hz;
    this.sway = swayRadians;
    for (int i = 0; i < FRAMES; i++) {
      wave[i] = (float) (amplitude * Math.sin(phase(i)));
    }
  }

  double amplitude() {
    return amplitude;
  }

  /** Where it is at a frame, which may lie between two. */
  double phase(double frame) {
    double place = frame % FRAMES / FRAMES;
    return 2 * Math.PI * ((hz * SECONDS * place) % 1) + sway * Math.sin(2 * Math.PI * place);
  }

  /** Radians per second at a frame. */
  double speed(double frame) {
    double place = frame % FRAMES / FRAMES;
    return 2 * Math.PI * (hz + sway / SECONDS * Math.cos(2 * Math.PI * place));
  }

  /**
   * What it is over some frames, and what it is a quarter of a round later.
   *
   * @param frame the first, which may lie between two
   * @param step from one to the next
   */
  void waves(double frame, double step, int frames, double[] sine, double[] cosine) {
    // A turn, which itself is turned a little further each time: the tone sways slowly.
    double bend = bend(frame) * step * step;
    double turn = speed(frame) * step / RATE + bend / 2;
    double start = phase(frame);
    double re = Math.cos(start);
    double im = Math.sin(start);
    double turnRe = Math.cos(turn);
    double turnIm = Math.sin(turn);
    double bendRe = Math.cos(bend);
    double bendIm = Math.sin(bend);
    for (int i = 0; i < frames; i++) {
      sine[i] = im;
      cosine[i] = re;
      double next = re * turnRe - im * turnIm;
      im = re * turnIm + im * turnRe;
      re = next;
      double nextTurn = turnRe * bendRe - turnIm * bendIm;
      turnIm = turnRe * bendIm + turnIm * bendRe;
      turnRe = nextTurn;
    }
  }

  /** By how many radians the turn from frame to frame grows with each frame. */
  private double bend(double frame) {
    double place = frame % FRAMES / FRAMES;
    double round = 2 * Math.PI / FRAMES;
    return -sway * round * round * Math.sin(2 * Math.PI * place);
  }

  /** No two frames one after the other differ by more. */
  double slope() {
    return amplitude * 2 * Math.PI * (hz + sway / SECONDS) / RATE;
  }

  /** Fills in frames. */
  void fill(long frame, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = wave[Math.floorMod(frame + i, FRAMES)];
    }
  }

  /** Where it is when, as a pack. */
  static Loop loop() {
    return new Loop(0, RATE, FRAMES);
  }

  /** The same as a file. */
  Decoder file() {
    return new File();
  }

  private final class File implements Decoder {
    private long next;

    @Override
    public SampleFormat format() {
      return LabServer.FORMAT;
    }

    @Override
    public OptionalLong totalFrames() {
      return OptionalLong.of(FRAMES);
    }

    @Override
    public boolean read(AudioBlock block) {
      int count = (int) Math.min(block.free(), FRAMES - next);
      for (int i = 0; i < count; i++) {
        block.add(wave[(int) next + i], wave[(int) next + i]);
      }
      next += count;
      return count > 0;
    }

    @Override
    public void seek(long frame) {
      next = Math.min(frame, FRAMES);
    }

    @Override
    public void close() {}
  }
}
