package dev.tutti.player.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

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
        new OutageReport().sounds(1, 40, 20, out, new PrintWriter(Writer.nullWriter()));
    report.write(out);
    assertThat(report.acceptable()).as(text.toString()).isTrue();
  }

  @Test
  void theSameSeedSoundsTheSame() {
    assertThat(new SoundRun(17, 20).run()).isEqualTo(new SoundRun(17, 20).run());
  }
}
