package dev.tutti.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.LoudnessMeter;
import dev.tutti.fallback.PackMaker.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One canonical FLAC per pack. */
class PackMakerTest {
  private static final SampleFormat FORMAT = SampleFormat.DEFAULT;
  private final PackMaker maker = new PackMaker(FORMAT, -14, 60L * 48_000);
  @TempDir Path folder;

  private Path sound(String name, double seconds, double amplitude) throws IOException {
    return Files.write(folder.resolve(name), TestSounds.wav(seconds, amplitude));
  }

  private static float[] decode(Path file) throws IOException {
    try (Decoder decoder = Decoders.open(file)) {
      AudioBlock block =
          new AudioBlock(2, Math.toIntExact(decoder.totalFrames().orElseThrow() + 1));
      while (decoder.read(block)) {}
      return java.util.Arrays.copyOf(block.samples(), block.frames() * 2);
    }
  }

  private static double lufs(float[] samples) {
    LoudnessMeter meter = new LoudnessMeter(48_000, 2);
    meter.add(samples, 0, samples.length / 2);
    return meter.integratedLufs();
  }

  @Test
  void quietAndLoudPartsComeOutEquallyLoud_S0_38() throws Exception {
    Path pack = folder.resolve("pack.flac");
    List<Part> parts =
        List.of(Part.of("quiet", sound("a.wav", 3, 0.01)), Part.of("loud", sound("b.wav", 3, 0.8)));

    Made made = maker.make(parts, pack, Progress.NOBODY);

    float[] samples = decode(pack);
    int half = samples.length / 2;
    assertThat(lufs(samples)).isCloseTo(-14, within(0.3));
    assertThat(lufs(java.util.Arrays.copyOfRange(samples, 0, half))).isCloseTo(-14, within(0.3));
    assertThat(made.loudnessLufs()).isCloseTo(lufs(samples), within(0.05));
  }

  @Test
  void lengthsAreExactAndAddUp() throws Exception {
    Path pack = folder.resolve("pack.flac");
    Path file = sound("a.wav", 1.2345, 0.1);

    Made made =
        maker.make(List.of(Part.of("one", file), Part.of("two", file)), pack, Progress.NOBODY);

    assertThat(made.parts()).extracting(PackManifest.Part::name).containsExactly("one", "two");
    assertThat(made.parts().stream().mapToLong(PackManifest.Part::frames).sum())
        .isEqualTo(made.frames());
    assertThat(decode(pack)).hasSize((int) made.frames() * 2);
    assertThat(made.frames()).isCloseTo(Math.round(2 * 1.2345 * 48_000), within(4L));
  }

  @Test
  void neitherTheSeamOfTwoPartsNorTheRoundClicks() throws Exception {
    Path pack = folder.resolve("pack.flac");
    Path file = sound("a.wav", 1.01, 0.5);
    maker.make(List.of(Part.of("one", file), Part.of("two", file)), pack, Progress.NOBODY);

    float[] once = decode(pack);
    float[] twice = java.util.Arrays.copyOf(once, once.length * 2);
    System.arraycopy(once, 0, twice, once.length, once.length);

    assertThat(Click.find(twice, 2)).isEmpty();
  }

  @Test
  void theSameSoundMakesTheSameFile() throws Exception {
    Path file = sound("a.wav", 1, 0.3);
    Path one = folder.resolve("1.flac");
    Path two = folder.resolve("2.flac");
    maker.make(List.of(Part.of("x", file)), one, Progress.NOBODY);
    maker.make(List.of(Part.of("y", file)), two, Progress.NOBODY);

    assertThat(Sha256.of(one)).isEqualTo(Sha256.of(two));
  }

  @Test
  void whatIsNoSoundIsRefusedAndLeavesNothing() throws Exception {
    Path pack = folder.resolve("pack.flac");
    Path text = Files.writeString(folder.resolve("a.wav"), "hello, this is no music at all");

    assertThatThrownBy(() -> maker.make(List.of(Part.of("a.wav", text)), pack, Progress.NOBODY))
        .isInstanceOf(PackProblem.class)
        .hasMessageStartingWith("\"a.wav\" ");
    assertThat(pack).doesNotExist();
  }

  @Test
  void whatIsLongerThanAllowedIsRefused() throws Exception {
    PackMaker strict = new PackMaker(FORMAT, -14, 48_000);
    Path file = sound("a.wav", 2, 0.3);

    assertThatThrownBy(() ->
            strict.make(List.of(Part.of("a", file)), folder.resolve("pack.flac"), Progress.NOBODY))
        .isInstanceOf(PackProblem.class)
        .hasMessageContaining("max-minutes");
  }

  @Test
  void progressGoesFromNothingToAll() throws Exception {
    List<Double> steps = new ArrayList<>();
    Path file = sound("a.wav", 2, 0.3);
    maker.make(
        List.of(Part.of("a", file), Part.of("b", file)),
        folder.resolve("pack.flac"),
        (stage, done) -> steps.add(done));

    assertThat(steps).isSorted().last().isEqualTo(1.0);
    assertThat(steps.getFirst()).isLessThan(0.1);
  }

  @Test
  void theShippedPieceIsAMinuteThatEndsWhereItBegins_S0_41() throws Exception {
    Path pack = folder.resolve("pack.flac");
    Made made = maker.make(List.of(DefaultPiece.part(FORMAT)), pack, Progress.NOBODY);

    float[] once = decode(pack);
    assertThat(made.frames()).isEqualTo(60 * 48_000);
    assertThat(lufs(once)).isBetween(-15.5, -13.5);
    float[] seam = new float[2 * 48_000 * 2];
    System.arraycopy(once, once.length - seam.length / 2, seam, 0, seam.length / 2);
    System.arraycopy(once, 0, seam, seam.length / 2, seam.length / 2);
    assertThat(Click.find(seam, 2)).isEmpty();
    assertThat(Files.size(pack)).isLessThan(12L << 20);
  }
}
