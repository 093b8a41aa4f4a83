package dev.tutti.player.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * How a command says that an option is wrong: in a sentence, and it ends with 2.
 *
 * @param command the command whose options they are
 */
record Mistakes(CommandSpec command) {
  void require(boolean condition, String sentence) {
    if (!condition) {
      throw mistake(sentence);
    }
  }

  /** Makes something of options; an {@link IllegalArgumentException} is a mistake in them. */
  <T> T checked(Supplier<T> value) {
    return checked("", value);
  }

  /**
   * @param what is put before the sentence, because that does not name the option
   */
  <T> T checked(String what, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw mistake(what + e.getMessage());
    }
  }

  ParameterException mistake(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}
