package dev.tutti.audio.codec.flac;

import java.io.IOException;
import java.util.Arrays;

/** Reads one channel of one frame: constant, verbatim, fixed or linear prediction. */
final class Subblock {
  private static final int MAX_LPC_ORDER = 32;

  private final BitReader in;
  private final int[] coefficients = new int[MAX_LPC_ORDER];

  Subblock(BitReader in) {
    this.in = in;
  }

  /**
   * @param out receives the samples
   * @param bits width of the samples, up to 25
   */
  void read(int[] out, int frames, int bits) throws IOException {
    int head = in.unsigned(8);
    int type = head >> 1;
    int wasted = (head & 1) == 0 ? 0 : in.unary() + 1;
    int width = bits - wasted;
    if (head > 0x7F || width < 1) {
      throw new IOException("a subframe begins wrongly");
    }
    if (type == 0) {
      Arrays.fill(out, 0, frames, in.signed(width));
    } else if (type == 1) {
      plain(out, frames, width);
    } else if (type >= 8 && type <= 12) {
      fixed(out, frames, width, type - 8);
    } else if (type >= 32) {
      linear(out, frames, width, type - 31);
    } else {
      throw new IOException("a subframe is of unknown type " + type);
    }
    if (wasted > 0) {
      for (int i = 0; i < frames; i++) {
        out[i] <<= wasted;
      }
    }
  }

  private void plain(int[] out, int count, int width) throws IOException {
    for (int i = 0; i < count; i++) {
      out[i] = in.signed(width);
    }
  }

  private void fixed(int[] x, int frames, int width, int order) throws IOException {
    warmUp(x, frames, width, order);
    residual(x, frames, order);
    switch (order) {
      case 1 -> {
        for (int i = 1; i < frames; i++) {
          x[i] += x[i - 1];
        }
      }
      case 2 -> {
        for (int i = 2; i < frames; i++) {
          x[i] += 2 * x[i - 1] - x[i - 2];
        }
      }
      case 3 -> {
        for (int i = 3; i < frames; i++) {
          x[i] += 3 * (x[i - 1] - x[i - 2]) + x[i - 3];
        }
      }
      case 4 -> {
        for (int i = 4; i < frames; i++) {
          x[i] += 4 * (x[i - 1] + x[i - 3]) - 6 * x[i - 2] - x[i - 4];
        }
      }
      default -> {}
    }
  }

  private void warmUp(int[] x, int frames, int width, int order) throws IOException {
    if (order > frames) {
      throw new IOException("a block is shorter than its predictor");
    }
    plain(x, order, width);
  }

  private void linear(int[] x, int frames, int width, int order) throws IOException {
    warmUp(x, frames, width, order);
    int precision = in.unsigned(4) + 1;
    int shift = in.signed(5);
    if (precision == 16 || shift < 0) {
      throw new IOException("a linear predictor is invalid");
    }
    for (int i = 0; i < order; i++) {
      coefficients[i] = in.signed(precision);
    }
    residual(x, frames, order);
    int sumBits = width + precision + Integer.SIZE - Integer.numberOfLeadingZeros(order);
    if (sumBits <= Integer.SIZE) {
      predictNarrow(x, frames, order, shift);
    } else {
      predictWide(x, frames, order, shift);
    }
  }

  private void predictNarrow(int[] x, int frames, int order, int shift) {
    int[] c = coefficients;
    for (int i = order; i < frames; i++) {
      int sum = 0;
      for (int j = 0; j < order; j++) {
        sum += c[j] * x[i - 1 - j];
      }
      x[i] += sum >> shift;
    }
  }

  private void predictWide(int[] x, int frames, int order, int shift) {
    int[] c = coefficients;
    for (int i = order; i < frames; i++) {
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += (long) c[j] * x[i - 1 - j];
      }
      x[i] += (int) (sum >> shift);
    }
  }

  /** Reads the remainders of all partitions to their places in the block. */
  private void residual(int[] x, int frames, int order) throws IOException {
    int method = in.unsigned(2);
    int split = in.unsigned(4);
    int size = frames >> split;
    if (method > 1 || size << split != frames || size < order) {
      throw new IOException("the remainders are laid out wrongly");
    }
    int parameterBits = method == 0 ? 4 : 5;
    int escape = (1 << parameterBits) - 1;
    int from = order;
    for (int to = size; to <= frames; to += size) {
      int parameter = in.unsigned(parameterBits);
      if (parameter == escape) {
        int width = in.unsigned(5);
        for (int i = from; i < to; i++) {
          x[i] = in.signed(width);
        }
      } else {
        for (int i = from; i < to; i++) {
          x[i] = in.rice(parameter);
        }
      }
      from = to;
      if (size == 0) {
        break;
      }
    }
  }
}
