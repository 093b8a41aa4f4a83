package dev.tutti.player.device;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Which doors are open.
 *
 * @param http where HTTP is spoken; empty for nowhere
 * @param token what callers by HTTP have to show; empty if nothing, and then only local networks
 *     may call
 * @param lines where lines of text are spoken, by whoever can reach it; empty for nowhere
 */
public record ControlSetup(
    Optional<InetSocketAddress> http, Optional<String> token, Optional<InetSocketAddress> lines) {
  /** All doors are shut. */
  public static final ControlSetup NONE =
      new ControlSetup(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether any door is open. */
  public boolean any() {
    return http.isPresent() || lines.isPresent();
  }
}
