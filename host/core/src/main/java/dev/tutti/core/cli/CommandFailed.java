package dev.tutti.core.cli;

/** A command cannot do its work. The message is for the user and says what to do. */
final class CommandFailed extends RuntimeException {
  CommandFailed(String sentence) {
    super(sentence);
  }

  CommandFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
