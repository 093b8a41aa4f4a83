package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantizerTest {
  @Test
  void whatFitsExactlyIsNotDithered() {
    float[] samples = TestSignals.music(1000, 2, 16, 48_000);
    int[] out = new int[2000];
    new Quantizer(16).quantize(samples, 2000, 16, out);
    assertThat(out).isEqualTo(TestSignals.numbers(samples, 16));
  }
}
