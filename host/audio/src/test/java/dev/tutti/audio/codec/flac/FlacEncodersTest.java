package dev.tutti.audio.codec.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;
import dev.tutti.audio.codec.Packets;
import dev.tutti.audio.codec.TestSignals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jflac.FLACDecoder;
import org.jflac.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both encoders, heard through a decoder by other people. */
class FlacEncodersTest {
  private static final EncoderProvider OURS = new FlacEncoderProvider();
  private static final EncoderProvider NATIVE = new LibFlacEncoderProvider();

  static Stream<Arguments> everything() {
    List<Arguments> all = new ArrayList<>();
    for (EncoderProvider provider : List.of(OURS, NATIVE)) {
      for (String format :
          List.of(
              "48000:16:2",
              "44100:16:1",
              "48000:24:2",
              "96000:24:2",
              "192000:24:1",
              "88200:16:6",
              "48000:24:8",
              "11025:8:2")) {
        for (String signal : List.of("music", "noise", "square", "silence", "low bits empty")) {
          all.add(Arguments.of(provider, format, signal));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void decodesBitByBit(EncoderProvider provider, String format, String signal) throws IOException {
    assumeTrue(provider.available(), provider.requirement());
    SampleFormat parsed = SampleFormat.parse(format);
    int block = parsed.rate() / 50;
    float[] samples = signal(signal, parsed, 5 * block);
    try (Encoder encoder = provider.open(CodecSpec.parse("flac"), parsed, block)) {
      Packets out = Packets.encode(encoder, samples, block, parsed.bits());
      int heard = out.totalFrames() * parsed.channels();
      assertThat(heard).isGreaterThanOrEqualTo(4 * block * parsed.channels());
      assertThat(decode(out.file()))
          .isEqualTo(Arrays.copyOf(TestSignals.numbers(samples, parsed.bits()), heard));
    }
  }

  private static float[] signal(String name, SampleFormat format, int frames) {
    return switch (name) {
      case "music" -> TestSignals.music(frames, format.channels(), format.bits(), format.rate());
      case "noise" -> TestSignals.noise(frames, format.channels(), format.bits());
      case "square" -> TestSignals.square(frames, format.channels(), format.bits());
      case "low bits empty" ->
          TestSignals.music(frames, format.channels(), format.bits() - 3, format.rate());
      default -> new float[frames * format.channels()];
    };
  }

  @ParameterizedTest
  @MethodSource("oddBlocks")
  void encodesEveryBlockLength(int block) throws IOException {
    float[] samples = TestSignals.music(3 * block, 2, 16, 48_000);
    try (Encoder encoder = OURS.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, block)) {
      Packets out = Packets.encode(encoder, samples, block, 16);
      assertThat(out.frames()).containsExactly(block, block, block);
      assertThat(decode(out.file())).isEqualTo(TestSignals.numbers(samples, 16));
    }
  }

  static Stream<Integer> oddBlocks() {
    return Stream.of(16, 17, 255, 256, 257, 441, 480, 882, 1152, 1764, 4800, 9600);
  }

  @Test
  void aLongerCallBecomesSeveralPackets() throws IOException {
    float[] samples = TestSignals.music(1000, 2, 16, 48_000);
    try (Encoder encoder = OURS.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 480)) {
      Packets out = Packets.encode(encoder, samples, 1000, 16);
      assertThat(out.frames()).containsExactly(480, 480, 40);
      assertThat(decode(out.file())).isEqualTo(TestSignals.numbers(samples, 16));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyFrameIsNumberedZeroWithValidCheckSums(EncoderProvider provider) {
    assumeTrue(provider.available(), provider.requirement());
    float[] samples = TestSignals.music(300 * 960, 2, 16, 48_000);
    try (Encoder encoder = provider.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960)) {
      List<byte[]> packets = Packets.encode(encoder, samples, 960, 16).packets();
      assertThat(packets).hasSizeGreaterThanOrEqualTo(299);
      assertThat(packets).allSatisfy(FlacEncodersTest::assertNumberedZero);
    }
  }

  private static void assertNumberedZero(byte[] frame) {
    assertThat(HexFormat.of().formatHex(frame, 0, 5)).matches("fff87a.800");
    assertThat(frame[7] & 0xFF).isEqualTo(FlacCrc.crc8(frame, 0, 7));
    assertThat(FlacCrc.crc16(frame, 0, frame.length)).isZero();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theHeadIsTheOneOfTheProtocolReference(EncoderProvider provider) {
    assumeTrue(provider.available(), provider.requirement());
    try (Encoder encoder = provider.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 1152)) {
      assertThat(HexFormat.of().formatHex(encoder.header()))
          .isEqualTo(
              "664c614380000022" + "04800480000000000000" + "0bb802f000000000" + "00".repeat(16));
    }
  }

  static Stream<EncoderProvider> providers() {
    return Stream.of(OURS, NATIVE);
  }

  @Test
  void libFlacHoldsOneBlockBack() {
    assumeTrue(NATIVE.available(), NATIVE.requirement());
    try (Encoder encoder = NATIVE.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960)) {
      Packets.encode(encoder, new float[5 * 960 * 2], 960, 16);
      assertThat(encoder.framesInside()).isEqualTo(960);
    }
  }

  @Test
  void twoEncodersCanTakeTurnsAtAnyBorder() throws IOException {
    float[] samples = TestSignals.music(4 * 960, 2, 16, 48_000);
    try (Encoder one = OURS.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960);
        Encoder two = OURS.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960)) {
      List<byte[]> first = Packets.encode(one, samples, 960, 16).packets();
      List<byte[]> second =
          Packets.encode(two, Arrays.copyOfRange(samples, 2 * 960 * 2, samples.length), 960, 16)
              .packets();
      Packets mixed =
          new Packets(
              one.header(),
              List.of(first.get(0), first.get(1), second.get(0), second.get(1)),
              List.of());
      assertThat(decode(mixed.file())).isEqualTo(TestSignals.numbers(samples, 16));
    }
  }

  @Test
  void compressesLikeLibFlacLevel2() {
    assumeTrue(NATIVE.available(), NATIVE.requirement());
    float[] samples = TestSignals.music(100 * 960, 2, 16, 48_000);
    try (Encoder ours = OURS.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960);
        Encoder theirs = NATIVE.open(CodecSpec.parse("flac:2"), SampleFormat.DEFAULT, 960)) {
      double perPacket = bytesPerPacket(Packets.encode(ours, samples, 960, 16));
      assertThat(perPacket)
          .isLessThan(1.02 * bytesPerPacket(Packets.encode(theirs, samples, 960, 16)));
    }
  }

  private static double bytesPerPacket(Packets packets) {
    return packets.packets().stream().mapToInt(p -> p.length).average().orElseThrow();
  }

  private static int[] decode(byte[] file) throws IOException {
    FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(file));
    decoder.readMetadata();
    int channels = decoder.getStreamInfo().getChannels();
    int[] numbers = new int[0];
    for (Frame f = decoder.readNextFrame(); f != null; f = decoder.readNextFrame()) {
      int at = numbers.length;
      numbers = Arrays.copyOf(numbers, at + f.header.blockSize * channels);
      for (int i = 0; i < f.header.blockSize; i++) {
        for (int c = 0; c < channels; c++) {
          numbers[at++] = decoder.getChannelData()[c].getOutput()[i];
        }
      }
    }
    return numbers;
  }
}
