package dev.tutti.api.access;

import java.util.Locale;

/** What somebody may do; each scope includes those before it. */
public enum Scope {
  /** Nothing yet, but it may still say who it is. */
  NONE,
  /** Hear the music, see what plays. */
  LISTEN,
  /** All that Snapcast's control API offers: volumes, groups, transport, streams within limits. */
  CONTROL,
  /** What Snapcast never offered: announcements, uploads, configuration, plugins. */
  ADMIN;

  /** Whether who has this scope may do what needs the other. */
  public boolean includes(Scope other) {
    return compareTo(other) >= 0;
  }

  /** As it is written in the configuration: {@code listen}, {@code control}, {@code admin}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
