package dev.tutti.core.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up without a file to parse. Found by Logback through its service entry; made by code
 * because reading XML would cost a tenth of the start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogbackSetup extends ContextAwareBase implements Configurator {
  private static final List<String> OURS = List.of("dev.tutti", "plugin");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogLine layout = new LogLine(System.getenv("JOURNAL_STREAM") != null, ZoneId.systemDefault());
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    levels(context, Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Sets how much Tutti and its plugins write. Libraries write warnings only, except at {@code
   * trace}.
   *
   * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
   */
  public static void level(String level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      levels(context, Level.toLevel(level, Level.INFO));
    }
  }

  private static void levels(LoggerContext context, Level level) {
    Level others =
        level.equals(Level.TRACE)
            ? Level.DEBUG
            : level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(others);
    OURS.forEach(name -> context.getLogger(name).setLevel(level));
  }
}
