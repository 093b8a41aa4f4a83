package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcmTest {
  private static final int COUNT = 10_000;

  @ParameterizedTest(name = "{0} bit, seed {1}")
  @CsvSource({"8, 1", "16, 2", "24, 3"})
  void whatCameInUnprocessedLeavesBitByBit(int bits, long seed) {
    byte[] bytes = randomPcm(bits, seed);
    float[] samples = new float[COUNT];
    PcmReader reader = new PcmReader(bits);
    reader.toFloats(bytes, 0, samples, 0, COUNT);

    byte[] back = new byte[bytes.length];
    writer(bits).toBytes(samples, 0, COUNT, reader.exactBits(), back, 0);

    assertThat(back).isEqualTo(bytes);
  }

  @ParameterizedTest(name = "{0} bit")
  @ValueSource(ints = {8, 16, 24})
  void integersComeBackToo(int bits) {
    int[] values = {-(1 << (bits - 1)), -1, 0, 1, (1 << (bits - 1)) - 1};
    float[] samples = new float[values.length];
    new PcmReader(bits).toFloats(values, 0, samples, 0, values.length);

    int[] back = new int[values.length];
    writer(bits).toInts(samples, 0, values.length, bits, back, 0);

    assertThat(back).isEqualTo(values);
  }

  @Test
  void fullScaleIsMinusOneToAlmostOne() {
    float[] samples = new float[2];
    new PcmReader(16).toFloats(new byte[] {0, (byte) 0x80, (byte) 0xff, 0x7f}, 0, samples, 0, 2);

    assertThat(samples).containsExactly(-1f, 32767 / 32768f);
  }

  @Test
  void twentyFourBitTravelsSignExtendedInFourBytes() {
    byte[] bytes = new byte[4];
    writer(24).toBytes(new float[] {-2 / 8_388_608f}, 0, 1, 24, bytes, 0);

    assertThat(bytes).containsExactly(0xfe, 0xff, 0xff, 0xff);
  }

  @Test
  void twentyFourBitIsReadWithoutItsSignExtensionAsWell() {
    float[] sample = new float[1];
    new PcmReader(24)
        .toFloats(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, 0}, 0, sample, 0, 1);

    assertThat(sample[0]).isEqualTo(-2 / 8_388_608f);
  }

  @Test
  void thirtyTwoBitKeepsTheTwentyFourBitsAFloatHolds() {
    byte[] bytes =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0x1234_5600).array();
    float[] sample = new float[1];
    new PcmReader(32).toFloats(bytes, 0, sample, 0, 1);
    byte[] back = new byte[4];
    writer(32).toBytes(sample, 0, 1, 24, back, 0);

    assertThat(back).isEqualTo(bytes);
  }

  @ParameterizedTest(name = "{0} bit")
  @ValueSource(ints = {8, 16, 24, 32})
  void beyondFullScaleIsClampedAndNanIsSilence(int bits) {
    float[] samples = {2, -2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
    int[] values = new int[samples.length];
    writer(bits).toInts(samples, 0, samples.length, bits, values, 0);

    int highest = (int) ((1L << (bits - 1)) - 1);
    assertThat(values).containsExactly(highest, -highest - 1, highest, -highest - 1, 0);
  }

  @Test
  void offsetsAreRespected() {
    byte[] bytes = new byte[8];
    writer(16).toBytes(new float[] {9, 9, 0.5f}, 2, 1, 16, bytes, 4);

    assertThat(bytes).containsExactly(0, 0, 0, 0, 0, 0x40, 0, 0);
  }

  @Test
  void otherWidthsAreRefused() {
    assertThatThrownBy(() -> new PcmReader(20)).hasMessageContaining("8, 16, 24 or 32, not 20");
  }

  private static PcmWriter writer(int bits) {
    return new PcmWriter(bits, new Dither(1));
  }

  private static byte[] randomPcm(int bits, long seed) {
    Random random = new Random(seed);
    int size = PcmWriter.containerBytes(bits);
    ByteBuffer bytes = ByteBuffer.allocate(COUNT * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < COUNT; i++) {
      int value = random.nextInt() >> (32 - bits);
      switch (size) {
        case 1 -> bytes.put((byte) value);
        case 2 -> bytes.putShort((short) value);
        default -> bytes.putInt(value);
      }
    }
    return bytes.array();
  }
}
