package dev.tutti.player.status;

import java.util.Locale;

/** What runs on a machine and can be asked how it does. */
public enum LocalProgram {
  /** {@code tutti player}; several are told apart by their instance. */
  PLAYER("--instance"),
  /** {@code tutti edge}; several are told apart by the port that their client connects to. */
  EDGE("--listen");

  private final String option;

  LocalProgram(String option) {
    this.option = option;
  }

  /** As it is called in sentences, commands and file names. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option that names one of several. */
  public String option() {
    return option;
  }
}
