package dev.tutti.player.shell;

import dev.tutti.player.fallback.SwitchPlan;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is played when the server is gone.
 *
 * @param enabled whether anything is
 * @param own a file of this machine instead of the server's pack: then this room is not in step
 *     with others
 * @param data the folder that packs are kept in
 * @param plan when it is crossed to, and how
 */
public record FallbackSetup(boolean enabled, Optional<Path> own, Path data, SwitchPlan plan) {
  /** Silence. */
  public static final FallbackSetup NONE =
      new FallbackSetup(false, Optional.empty(), Path.of("."), SwitchPlan.DEFAULT);
}
