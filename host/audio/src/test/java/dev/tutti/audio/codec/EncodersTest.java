package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tutti.api.audio.SampleFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodersTest {
  private static final SampleFormat CD = new SampleFormat(44_100, 16, 2);

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "flac:0", "flac:8", "opus", "opus:BITRATE:MAX"})
  void opensTheCodecsThatWorkEverywhere(String spec) {
    CodecSpec parsed = CodecSpec.parse(spec);
    try (Encoder encoder = Encoders.open(parsed, SampleFormat.DEFAULT, 960)) {
      assertThat(encoder.codec()).isEqualTo(parsed.codec());
    }
  }

  @Test
  void aDefaultFlacEncoderHoldsNothingBack() {
    try (Encoder encoder = Encoders.open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960)) {
      Packets out = Packets.encode(encoder, new float[960 * 2], 960, 16);
      assertThat(out.frames()).containsExactly(960);
    }
  }

  @Test
  void listsTheAvailableOnesPerCodecTheBestFirst() {
    assertThat(Encoders.available())
        .extracting(EncoderProvider::codec)
        .isSorted()
        .contains("pcm", "flac", "opus");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mp3                 | unknown codec "mp3"; there are flac, ogg, opus, pcm
          flac:9              | flac takes a level of 0 to 8, not "9"
          flac:best           | flac takes a level of 0 to 8, not "best"
          pcm:5               | pcm has no options, not "5"
          opus:BITRATE:5      | BITRATE of opus must be 6000 to 512000, MAX or AUTO, not "5"
          opus:COMPLEXITY:11  | COMPLEXITY of opus must be 1 to 10, not "11"
          opus:SPEED:1        | opus takes BITRATE:n and COMPLEXITY:n, not "SPEED:1"
          ogg:VBR:3           | ogg takes VBR:-0.1 to VBR:1.0, not "VBR:3"
          """)
  void refusesWhatItCannotDoInWords(String spec, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoders.open(CodecSpec.parse(spec), SampleFormat.DEFAULT, 960).close())
        .withMessage(reason);
  }

  @Test
  void opusRefusesOtherFormats() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoders.open(CodecSpec.parse("opus"), CD, 882).close())
        .withMessage("opus takes 48000:16:2 only, not 44100:16:2");
  }

  @Test
  void flacRefuses32Bits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Encoders.open(CodecSpec.parse("flac"), new SampleFormat(48_000, 32, 2), 960).close())
        .withMessageContaining("use 24 bits, or codec pcm");
  }
}
