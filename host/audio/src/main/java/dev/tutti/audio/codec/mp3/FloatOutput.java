package dev.tutti.audio.codec.mp3;

import java.util.Arrays;
import javazoom.jl.decoder.Obuffer;

/** Takes what JLayer decodes as floats, so that loud passages are not clipped to 16 bits. */
final class FloatOutput extends Obuffer {
  /** What JLayer takes for full scale. */
  private static final float SCALE = 1 / 32_700f;

  private final int channels;
  private final float[] samples;
  private final int[] at;

  FloatOutput(int channels) {
    this.channels = channels;
    this.samples = new float[OBUFFERSIZE * channels];
    this.at = new int[channels];
    clear_buffer();
  }

  float[] samples() {
    return samples;
  }

  @Override
  public void append(int channel, short value) {
    put(channel, value);
  }

  @Override
  public void appendSamples(int channel, float[] values) {
    for (float value : values) {
      put(channel, value);
    }
  }

  private void put(int channel, float value) {
    if (channel < channels && at[channel] < samples.length) {
      samples[at[channel]] = value * SCALE;
      at[channel] += channels;
    }
  }

  @Override
  public void write_buffer(int value) {}

  @Override
  public void close() {}

  /** Starts the next frame, with silence where nothing will be decoded. */
  @Override
  public void clear_buffer() {
    Arrays.fill(samples, 0);
    for (int c = 0; c < channels; c++) {
      at[c] = c;
    }
  }

  @Override
  public void set_stop_flag() {}
}
