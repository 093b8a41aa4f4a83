package dev.tutti.player.fallback;

import java.util.Locale;

/** What a player plays. */
public enum Mode {
  /** What its server sends. */
  STREAM,
  /** Its own copy of what all cut-off rooms play. */
  FALLBACK,
  /** Nothing: the stream rests, or there is nothing to play. */
  STOPPED;

  /** As it is written in logs and reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
