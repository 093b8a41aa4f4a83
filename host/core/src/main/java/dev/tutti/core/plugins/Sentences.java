package dev.tutti.core.plugins;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns what plugin code throws into one line a user can act on. */
final class Sentences {
  private Sentences() {}

  static String of(Throwable thrown) {
    String message = thrown.getMessage();
    return switch (thrown) {
      case NoClassDefFoundError e -> unseen(message);
      case ClassNotFoundException e -> unseen(message);
      case LinkageError e ->
          "was built against another version of Tutti or of a library ("
              + thrown
              + "); build it again";
      case OutOfMemoryError e -> "ran out of memory (" + message + "); give Java more with -Xmx";
      case StackOverflowError e -> "called itself without end";
      default -> message == null || message.isBlank() ? thrown.toString() : oneLine(message);
    };
  }

  /** A duration as people say it: 10 s, 300 ms. */
  static String of(Duration duration) {
    long ms = duration.toMillis();
    return ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
  }

  /** Where a thread is, in brackets: the innermost call that is not the JDK's own. */
  static String whereabouts(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return Arrays.stream(stack)
        .filter(call -> !call.getClassName().matches("(java|jdk|sun)\\..*"))
        .findFirst()
        .or(() -> Arrays.stream(stack).findFirst())
        .map(call ->
            " (at %s.%s, line %d)"
                .formatted(call.getClassName(), call.getMethodName(), call.getLineNumber()))
        .orElse("");
  }

  private static String unseen(@Nullable String message) {
    return "uses a class it cannot see ("
        + message
        + "); a plugin sees dev.tutti.api, dev.tutti.audio, the JDK, what the plugins it requires"
        + " export, and the jars in its own lib/";
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " / ");
  }
}
