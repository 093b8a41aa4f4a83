package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Unmodified snapclients with a sound card, through ALSA and PulseAudio, in every codec and several
 * formats: the tone sounds at its pitch and level (issue 3 item 10).
 */
class SoundCardTest {
  private static final int FRAMES = 2 * SoundCard.RATE;
  private static final double LEVEL = Math.pow(10, -12 / 20.0) / Math.sqrt(2);

  @TempDir Path dir;

  @ParameterizedTest(name = "{0} {2} {3}")
  @CsvSource({"alsa, pulse, opus, 48000:16:2", "pulse, default, flac, 48000:24:2"})
  void aToneSoundsAtItsPitchAndLevel(String player, String device, String codec, String format) {
    play(player, device, codec, format);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0} {2} {3}")
  @CsvSource({
    "alsa,  pulse,   pcm,  48000:16:2",
    "alsa,  pulse,   flac, 44100:16:2",
    "pulse, default, pcm,  96000:24:2",
    "pulse, default, ogg,  48000:16:2",
  })
  void soItDoesInTheOtherCodecsAndFormats(
      String player, String device, String codec, String format) {
    play(player, device, codec, format);
  }

  private void play(String player, String device, String codec, String format) {
    try (TuttiProcess tutti =
            TuttiProcess.start(
                dir.resolve("data"),
                "--source=sine://?name=default&hz=1000&gainDb=-12&sampleformat="
                    + format
                    + "&codec="
                    + codec);
        SoundCard card = SoundCard.plugIn(dir)) {
      card.snapclient(tutti.streamPort(), player, device);

      // A busy machine may cut a piece out of any two seconds; it does not cut out all of them.
      Awaitility.await("two seconds of the tone")
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(250))
          .untilAsserted(() -> {
            float[] tone = left(card.lastFrames(FRAMES));
            assertThat(tone).as("what was said:%n%s", card.log()).hasSize(FRAMES);
            assertThat(rms(tone)).as("level").isCloseTo(LEVEL, within(0.005));
            assertThat(rising(tone)).as("periods").isBetween(1999, 2001);
          });
    }
  }

  private static float[] left(byte[] pcm) {
    float[] both = Pcm16.samples(pcm, 0, pcm.length);
    float[] left = new float[both.length / 2];
    for (int i = 0; i < left.length; i++) {
      left[i] = both[2 * i];
    }
    return left;
  }

  private static double rms(float[] samples) {
    double energy = 0;
    for (float sample : samples) {
      energy += sample * sample;
    }
    return Math.sqrt(energy / samples.length);
  }

  private static int rising(float[] samples) {
    int count = 0;
    for (int i = 1; i < samples.length; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        count++;
      }
    }
    return count;
  }
}
