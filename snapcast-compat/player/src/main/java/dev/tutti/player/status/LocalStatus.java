package dev.tutti.player.status;

import java.util.Optional;

/** How a program on this machine does. */
public sealed interface LocalStatus permits PlayerStatus, EdgeStatus {
  /** Tells several of its kind on one machine apart. */
  int instance();

  /** Why it is not well, in one sentence; nothing if all is well. */
  Optional<String> complaint();
}
