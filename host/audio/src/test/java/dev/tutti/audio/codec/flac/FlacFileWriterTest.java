package dev.tutti.audio.codec.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FLAC files as packs are made of. */
class FlacFileWriterTest {
  @TempDir Path folder;

  private Path write(String name, SampleFormat format, float[] samples, int piece)
      throws Exception {
    Path file = folder.resolve(name);
    int frames = samples.length / format.channels();
    try (FlacFileWriter writer = new FlacFileWriter(file, format)) {
      for (int at = 0; at < frames; at += piece) {
        writer.write(samples, at, Math.min(piece, frames - at), format.bits());
      }
      writer.finish();
      assertThat(writer.frames()).isEqualTo(frames);
    }
    return file;
  }

  private static float[] noise(SampleFormat format, int frames) {
    Random random = new Random(5);
    float scale = (float) Math.scalb(1.0, 1 - format.bits());
    float[] samples = new float[frames * format.channels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(-1 << (format.bits() - 2), 1 << (format.bits() - 2)) * scale;
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(strings = {"48000:16:2", "44100:24:2", "96000:16:1", "48000:8:3"})
  void comesBackBitByBitWithItsExactLength(String text) throws Exception {
    SampleFormat format = SampleFormat.parse(text);
    float[] samples = noise(format, 10_007);
    Path file = write("a.flac", format, samples, 777);

    try (Decoder decoder = Decoders.open(file)) {
      assertThat(decoder.format()).isEqualTo(format);
      assertThat(decoder.totalFrames()).hasValue(10_007);
      AudioBlock block = new AudioBlock(format.channels(), 20_000);
      while (decoder.read(block)) {}
      assertThat(Arrays.copyOf(block.samples(), samples.length)).isEqualTo(samples);
    }
  }

  @Test
  void theSameSamplesMakeTheSameFileHoweverTheyCome() throws Exception {
    float[] samples = noise(SampleFormat.DEFAULT, 9_000);

    assertThat(write("a.flac", SampleFormat.DEFAULT, samples, 9_000))
        .hasSameBinaryContentAs(write("b.flac", SampleFormat.DEFAULT, samples, 13));
  }

  @Test
  void aDecoderFindsEveryPlaceInALongFile() throws Exception {
    // More than 127 and more than 2047 blocks, so that numbers take one, two and three bytes.
    SampleFormat mono = new SampleFormat(48_000, 16, 1);
    float[] ramp = new float[4096 * 2_100 + 5];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (i / 4096 - 1_000) / 32_768f;
    }
    Path file = write("long.flac", mono, ramp, 1 << 20);

    try (Decoder decoder = Decoders.open(file)) {
      for (int frame : new int[] {4096 * 127, 4096 * 128, 4096 * 2_047, 4096 * 2_048, 12_345}) {
        decoder.seek(frame);
        AudioBlock block = new AudioBlock(1, 1);
        decoder.read(block);
        assertThat(block.samples()[0]).as("frame %d", frame).isEqualTo(ramp[frame]);
      }
    }
  }

  @Test
  void theReferenceDecoderAcceptsIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/flac")), "skipped: flac not installed");
    Path file = write("a.flac", SampleFormat.DEFAULT, noise(SampleFormat.DEFAULT, 600_001), 4000);

    Process flac =
        new ProcessBuilder("flac", "-t", file.toString()).redirectErrorStream(true).start();
    String said = new String(flac.getInputStream().readAllBytes());

    assertThat(flac.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(flac.exitValue()).as(said).isZero();
    assertThat(said).contains("ok").doesNotContain("WARNING");
  }
}
