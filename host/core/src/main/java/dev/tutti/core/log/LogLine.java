package dev.tutti.core.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * One line per event: {@code 12:03:55.120 WARN playlist: cannot read …}. Under systemd the journal
 * adds the time, and the level goes in front as it expects it: {@code <4>playlist: cannot read …}.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final String HOST = "dev.tutti.core.";
  private static final String PLUGIN = "plugin.";

  private final boolean journal;
  private final ZoneId zone;

  LogLine(boolean journal, ZoneId zone) {
    this.journal = journal;
    this.zone = zone;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    String prefix = journal ? "<" + priority(event.getLevel()) + ">" : "";
    line.append(prefix);
    if (!journal) {
      TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone), line);
      line.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
    }
    line.append(shortName(event.getLoggerName())).append(": ");
    // A message must not be able to look like a line of its own.
    line.append(event.getFormattedMessage().strip().replaceAll("\\s*\\R", "\n" + prefix + "    "));
    if (event.getThrowableProxy() != null) {
      String trace = ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
      line.append('\n').append(prefix).append("    ");
      line.append(trace.replaceAll("\\R\\s*", "\n" + prefix + "      "));
    }
    return line.append('\n').toString();
  }

  /** A plugin's id, the part of the host, or of anything else the last part of its name. */
  static String shortName(String logger) {
    if (logger.startsWith(PLUGIN)) {
      return logger.substring(PLUGIN.length());
    }
    if (logger.startsWith(HOST)) {
      String rest = logger.substring(HOST.length());
      int dot = rest.indexOf('.');
      return dot < 0 ? "host" : rest.substring(0, dot);
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static int priority(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> 3;
      case Level.WARN_INT -> 4;
      case Level.INFO_INT -> 6;
      default -> 7;
    };
  }
}
