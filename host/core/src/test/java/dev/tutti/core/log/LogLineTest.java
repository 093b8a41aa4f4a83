package dev.tutti.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void onATerminalALineHasTimeLevelAndPlace() {
    assertThat(terminal(Level.WARN, "plugin.playlist", "cannot read a.mp3", null))
        .isEqualTo("12:03:55.120 WARN  playlist: cannot read a.mp3\n");
  }

  @Test
  void inTheJournalALineHasThePriorityAndNoTime() {
    assertThat(journal(Level.ERROR, "dev.tutti.core.zones.ZoneStore", "disk full"))
        .isEqualTo("<3>zones: disk full\n");
  }

  @Test
  void aMessageOfSeveralLinesCannotLookLikeAnotherEvent() {
    assertThat(journal(Level.INFO, "plugin.x", "one\n<3>zones: forged\r\ntwo"))
        .isEqualTo("<6>x: one\n<6>    <3>zones: forged\n<6>    two\n");
  }

  @Test
  void anExceptionFollowsIndented() {
    assertThat(terminal(Level.ERROR, "plugin.x", "failed", new IllegalStateException("why")))
        .contains("ERROR x: failed\n    java.lang.IllegalStateException: why\n      at ");
  }

  @ParameterizedTest
  @CsvSource({
    "plugin.snapcast,snapcast",
    "dev.tutti.core.http.HttpServer,http",
    "dev.tutti.core.Host,host",
    "org.eclipse.jetty.server.Server,Server"
  })
  void namesAreShort(String logger, String shown) {
    assertThat(LogLine.shortName(logger)).isEqualTo(shown);
  }

  private String terminal(Level level, String logger, String message, @Nullable Throwable thrown) {
    return new LogLine(false, ZoneOffset.UTC).doLayout(event(level, logger, message, thrown));
  }

  private String journal(Level level, String logger, String message) {
    return new LogLine(true, ZoneOffset.UTC).doLayout(event(level, logger, message, null));
  }

  private LoggingEvent event(
      Level level, String logger, String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), level, message, thrown, null);
    event.setInstant(Instant.parse("2026-11-20T12:03:55.120Z"));
    return event;
  }
}
