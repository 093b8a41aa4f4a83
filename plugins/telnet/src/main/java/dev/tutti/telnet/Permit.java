package dev.tutti.telnet;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Access.Entry;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Lets one caller's lines through if the house's policy lets it control: as at the control port.
 * Where that asks for a token, {@code token SECRET} shows it. For one thread.
 */
final class Permit implements UnaryOperator<String> {
  private static final String SHOWN = "token ";

  private final Access access;
  private final InetAddress remote;
  private final UnaryOperator<String> commands;
  private Entry entry;

  Permit(Access access, InetAddress remote, UnaryOperator<String> commands) {
    this.access = access;
    this.remote = remote;
    this.commands = commands;
    this.entry = access.enter(Door.CONTROL, remote, Optional.empty());
  }

  @Override
  public String apply(String line) {
    if (line.startsWith(SHOWN)) {
      String token = line.substring(SHOWN.length()).strip();
      entry = access.enter(Door.CONTROL, remote, Optional.of(new Credentials.Bearer(token)));
      return complaint().orElse("Welcome.");
    }
    return complaint().orElseGet(() -> commands.apply(line));
  }

  private Optional<String> complaint() {
    return switch (entry) {
      case Entry.Granted granted when granted.caller().may(Scope.CONTROL) -> Optional.empty();
      case Entry.Granted _ -> Optional.of("ERROR: this token may listen, but not control");
      case Entry.Refused refused ->
          Optional.of("ERROR: " + refused.sentence() + "; say: token SECRET");
    };
  }
}
