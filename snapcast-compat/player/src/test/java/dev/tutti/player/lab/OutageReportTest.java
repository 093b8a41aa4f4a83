package dev.tutti.player.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms whose server is gone for half a second to three hours (issue 5 items 5 and 10). */
class OutageReportTest {
  @Test
  void s0_53_cutOffRoomsStayInStepAndSayHowFarTheyMayBeOff() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    OutageReport report = new OutageReport().clocks(1, 200, out);
    report.write(out);
    assertThat(report.acceptable()).as(text.toString()).isTrue();
  }

  @Test
  void theSameSeedIsTheSameOutage() {
    assertThat(new OutageRun(17).run()).isEqualTo(new OutageRun(17).run());
  }

  @Test
  void s0_2_anOutageIsNeverHeardAsSilenceOrAsAClickAndTheSwitchIsWhenItShouldBe() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    OutageReport report =
        new OutageReport().sounds(1, 200, 20, out, new PrintWriter(Writer.nullWriter()));
    report.write(out);
    assertThat(report.acceptable()).as(text.toString()).isTrue();
  }

  /**
   * A crossing planned by a clock that was no more; a seam five frames before the end of a chunk;
   * two sounds that meet at their steepest; one who loses the stream once more on Wi-Fi; a new
   * clock of which the first answer was held up.
   */
  @ParameterizedTest
  @ValueSource(longs = {306, 372, 396, 433, 514, 781})
  void whatWasOnceHeardIsHeardNoMore(long seed) {
    SoundResult result = new SoundRun(seed, 20).run();
    assertThat(result.faults()).as("seed %d", seed).isEmpty();
  }

  @Test
  void theSameSeedSoundsTheSame() {
    assertThat(new SoundRun(17, 20).run()).isEqualTo(new SoundRun(17, 20).run());
  }
}
