package dev.tutti.core.access;

import dev.tutti.api.Clock;
import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Entry.Granted;
import dev.tutti.api.access.Access.Entry.Refused;
import dev.tutti.api.access.Access.Entry.Why;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.config.TuttiConfig.Access.Openness;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The access policy as configured under {@code [access]}. While neither a token nor a user is
 * configured every door is open to the local networks, as snapserver's are; from then on each asks
 * for one, unless the configuration says otherwise. The server's own token ({@code tutti token})
 * always counts, as admin. Any thread.
 */
public final class AccessPolicy implements Access {
  private static final System.Logger LOG = System.getLogger(AccessPolicy.class.getName());
  private static final String OWN_TOKEN = "tutti token";

  private final List<Named> tokens = new ArrayList<>();
  private final List<Named> users = new ArrayList<>();
  private final Map<Door, Openness> doors = new EnumMap<>(Door.class);
  private final Neighbourhood neighbourhood;
  private final Failures failures;
  private final boolean knowsAnybody;

  private record Named(String name, Secret secret, Scope scope) {}

  private AccessPolicy(
      TuttiConfig.Access config, String ownToken, Neighbourhood neighbourhood, Clock clock) {
    this.neighbourhood = neighbourhood;
    this.failures = new Failures(clock);
    config.token().forEach(t -> tokens.add(named(t.name(), t.token(), t.scope())));
    config.user().forEach(u -> users.add(named(u.name(), u.password(), u.scope())));
    knowsAnybody = !tokens.isEmpty() || !users.isEmpty();
    if (!ownToken.isEmpty()) {
      tokens.add(named(OWN_TOKEN, ownToken, Scope.ADMIN));
    }
    doors.put(Door.STREAM, decided(config.stream()));
    doors.put(Door.CONTROL, decided(config.control()));
    doors.put(Door.WEB, decided(config.web()));
  }

  private static Named named(String name, String secret, Scope scope) {
    return new Named(name, Secret.of(name, secret), scope);
  }

  private Openness decided(Openness configured) {
    if (configured != Openness.AUTO) {
      return configured;
    }
    return knowsAnybody ? Openness.TOKEN : Openness.LAN;
  }

  /**
   * @param ownToken see {@link OwnToken}; empty for none
   * @throws dev.tutti.api.ConfigException if a secret is none
   */
  public static AccessPolicy of(TuttiConfig.Access config, String ownToken, Clock clock) {
    return new AccessPolicy(config, ownToken, Neighbourhood.ofSystem(), clock);
  }

  static AccessPolicy of(
      TuttiConfig.Access config, String ownToken, Neighbourhood neighbourhood, Clock clock) {
    return new AccessPolicy(config, ownToken, neighbourhood, clock);
  }

  /** Lets everybody in from anywhere, for servers that guard nothing. */
  public static Access open() {
    return new Access() {
      @Override
      public Entry enter(Door door, InetAddress remote, Optional<Credentials> credentials) {
        return new Granted(Caller.UNKNOWN);
      }

      @Override
      public boolean knowsAnybody() {
        return false;
      }
    };
  }

  @Override
  public boolean knowsAnybody() {
    return knowsAnybody;
  }

  @Override
  public Entry enter(Door door, InetAddress remote, Optional<Credentials> credentials) {
    Entry shown = credentials.map(c -> judge(door, remote, c)).orElse(null);
    if (shown instanceof Granted granted && granted.caller().may(Scope.LISTEN)) {
      return granted;
    }
    if (open(door, remote)) {
      return new Granted(Caller.UNKNOWN);
    }
    return shown != null ? shown : nothingShown(door);
  }

  private Entry nothingShown(Door door) {
    return new Refused(
        Why.NOTHING_SHOWN,
        doors.get(door) == Openness.TOKEN
            ? "Authentication required"
            : "Authentication required: this server is open to its local networks only");
  }

  private boolean open(Door door, InetAddress remote) {
    return switch (doors.getOrDefault(door, Openness.TOKEN)) {
      case OPEN -> true;
      case LAN, AUTO -> neighbourhood.includes(remote);
      case LOCALHOST -> remote.isLoopbackAddress();
      case TOKEN -> false;
    };
  }

  private Entry judge(Door door, InetAddress remote, Credentials credentials) {
    if (failures.tooMany(remote)) {
      return new Refused(Why.TOO_MANY, "too many failures; try again in a minute");
    }
    Optional<Named> found =
        switch (credentials) {
          case Credentials.Bearer bearer -> token(bearer.token());
          case Credentials.Password p ->
              users.stream()
                  .filter(u -> u.name().equals(p.user()))
                  .filter(u -> u.secret().is(p.password()))
                  .findFirst()
                  .or(() -> token(p.password()));
        };
    if (found.isPresent()) {
      failures.succeeded(remote);
      return new Granted(new Caller(found.get().name(), found.get().scope()));
    }
    return refused(door, remote, credentials);
  }

  private Optional<Named> token(String shown) {
    return tokens.stream().filter(t -> t.secret().is(shown)).findFirst();
  }

  private Entry refused(Door door, InetAddress remote, Credentials credentials) {
    int count = failures.failed(remote);
    // Where nobody is configured, players and pages show what they like, as with snapserver.
    Level level = knowsAnybody ? Level.WARNING : Level.DEBUG;
    LOG.log(
        level,
        "{0} showed a wrong {1} at the {2} door ({3} of {4} before it is not listened to for a"
            + " minute)",
        remote.getHostAddress(),
        credentials instanceof Credentials.Password p
            ? "password for \"" + cut(p.user()) + "\""
            : "token",
        door.name().toLowerCase(java.util.Locale.ROOT),
        count,
        Failures.ALLOWED);
    boolean unknown =
        credentials instanceof Credentials.Password p
            && users.stream().noneMatch(u -> u.name().equals(p.user()));
    return unknown
        ? new Refused(Why.UNKNOWN_USER, "unknown user or wrong password")
        : new Refused(Why.WRONG, "unknown user or wrong password");
  }

  /** What somebody shows goes into a log: no line ends, not much of it. */
  private static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 64 ? line.substring(0, 64) : line;
  }

  /** Whether the page on this machine is its owner's; not where a token is asked for. */
  public boolean trustsThisMachine() {
    return doors.get(Door.WEB) != Openness.TOKEN;
  }
}
