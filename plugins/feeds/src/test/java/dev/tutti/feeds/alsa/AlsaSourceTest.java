package dev.tutti.feeds.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.feeds.Capture;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ALSA's own null device, which records silence. */
@Timeout(60)
class AlsaSourceTest {
  private static Capture record(String options, String format) {
    try {
      Alsa.ofSystem();
    } catch (IOException e) {
      Assumptions.abort("libasound2 is not installed");
    }
    SampleFormat f = SampleFormat.parse(format);
    SourceUri uri = SourceUri.parse("alsa:///?name=x&" + options);
    return new Capture(new AlsaSource(new SourceRequest(uri, f, "x"), System.getLogger("alsa")), f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"48000:16:2", "44100:24:2", "8000:8:1", "96000:32:2"})
  void recordsInEveryFormat(String format) throws Exception {
    try (Capture capture = record("device=null&send_silence=true", format)) {
      await().until(() -> capture.ended() != null || capture.writer.frames() > 1000);
      assertThat(capture.ended()).isNull();
      assertThat(capture.writer.samples()).containsOnly(0f);
    }
  }

  @Test
  void silenceIsNotSentUnlessAskedFor() throws Exception {
    Capture capture = record("device=null", "48000:16:2");
    assertThat(capture.endsWhenInterrupted()).isTrue();
    assertThat(capture.writer.frames()).isZero();
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() throws Exception {
    try (Capture capture = record("device=hw:97", "48000:16:2")) {
      await().until(() -> capture.ended() != null);
      assertThat(capture.ended()).hasMessageContaining("the device hw:97 cannot be recorded from");
    }
  }

  @Test
  void silenceLastsOnlyAfterItsThreshold() {
    SampleFormat format = SampleFormat.parse("8000:16:1");
    Silence silence = new Silence(format, 10, 50);
    byte[] loud = {0, 64};
    byte[] faint = new byte[640];
    Arrays.fill(faint, (byte) 2);
    assertThat(silence.lasts(faint, 0, 1)).as("at the start").isTrue();
    assertThat(silence.lasts(loud, 0, 1)).isFalse();
    assertThat(silence.lasts(faint, 0, 320)).isFalse();
    assertThat(silence.lasts(faint, 0, 80)).isTrue();
  }
}
