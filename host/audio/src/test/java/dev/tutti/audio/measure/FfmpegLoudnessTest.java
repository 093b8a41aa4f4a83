package dev.tutti.audio.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;
import dev.tutti.audio.signal.Noise;
import dev.tutti.audio.signal.Signal;
import dev.tutti.audio.signal.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** FFmpeg's ebur128 filter as a second opinion on sounds for which no value is printed anywhere. */
class FfmpegLoudnessTest {
  private static final int SECONDS = 20;

  @TempDir Path folder;

  static Stream<Arguments> sounds() {
    return Stream.of(
        Arguments.of("pink noise", 48_000, 2, new Noise(Noise.Colour.PINK, 0.9, 1)),
        Arguments.of("white noise", 44_100, 2, new Noise(Noise.Colour.WHITE, 0.5, 2)),
        Arguments.of("sweep", 48_000, 1, new Sweep(20, 20_000, 480_000, 0.7, 48_000)),
        Arguments.of("swelling noise", 48_000, 2, swelling()),
        Arguments.of("six channels", 48_000, 6, new Noise(Noise.Colour.PINK, 0.9, 3)));
  }

  @ParameterizedTest(name = "{0}, {1} Hz, {2} channels")
  @MethodSource("sounds")
  void ffmpegMeasuresTheSame(String name, int rate, int channels, Signal signal) throws Exception {
    assumeTrue(ffmpegInstalled(), "skipped: ffmpeg not installed");
    float[] sound = signal.render(rate * SECONDS, channels);
    LoudnessMeter meter = new LoudnessMeter(rate, channels);
    meter.add(sound, 0, rate * SECONDS);
    Path pcm = folder.resolve("sound.pcm");
    byte[] bytes = new byte[sound.length * 4];
    new PcmWriter(32, new Dither(0)).toBytes(sound, 0, sound.length, 0, bytes, 0);
    Files.write(pcm, bytes);

    String summary = ffmpeg(pcm, rate, channels);

    assertThat(meter.integratedLufs()).isCloseTo(value(summary, "I"), within(0.15));
    assertThat(meter.truePeakDb()).isCloseTo(value(summary, "Peak"), within(0.3));
  }

  private static Signal swelling() {
    Noise noise = new Noise(Noise.Colour.PINK, 0.9, 4);
    return (frame, channel) ->
        (float) (noise.sample(frame, channel) * Math.pow(Math.sin(frame * 1e-5), 4));
  }

  private static boolean ffmpegInstalled() {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
  }

  private String ffmpeg(Path pcm, int rate, int channels) throws IOException, InterruptedException {
    String layout = List.of("mono", "stereo", "", "", "", "5.1").get(channels - 1);
    Path report = folder.resolve("report.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    "ffmpeg",
                    "-hide_banner",
                    "-nostdin",
                    "-f",
                    "s32le",
                    "-ar",
                    "" + rate,
                    "-ac",
                    "" + channels,
                    "-channel_layout",
                    layout,
                    "-i",
                    pcm.toString(),
                    "-af",
                    "ebur128=peak=true:framelog=verbose",
                    "-f",
                    "null",
                    "-"))
            .redirectErrorStream(true)
            .redirectOutput(report.toFile())
            .start();
    int exit = process.waitFor();
    String text = Files.readString(report, StandardCharsets.UTF_8);
    assertThat(exit).as(text).isZero();
    return text.substring(text.lastIndexOf("Summary:"));
  }

  private static double value(String summary, String name) {
    Matcher m = Pattern.compile("\\b" + name + ":\\s+(-?[0-9.]+)").matcher(summary);
    assertThat(m.find()).as(summary).isTrue();
    return Double.parseDouble(m.group(1));
  }
}
