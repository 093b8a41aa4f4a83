package dev.tutti.snapcast.server;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Access.Entry;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.sessions.Arrival;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Asks the host's access policy about clients that say Hello. Used by the I/O thread. */
final class StreamDoor {
  private static final System.Logger LOG = System.getLogger(StreamDoor.class.getName());
  private static final int MOST_TOLD = 1000;

  /** Stands for an address that cannot be told: nobody near. */
  private static final InetAddress FAR_AWAY = InetAddress.ofLiteral("192.0.2.1");

  private final Access access;
  private final Set<String> told = new LinkedHashSet<>();

  StreamDoor(Access access) {
    this.access = access;
  }

  /** What to tell a client that may not come in; codes and titles are Snapcast's. */
  Optional<ErrorMessage> refusal(Arrival arrival) {
    if (arrival.welcome()) {
      return Optional.empty();
    }
    Optional<Credentials> shown =
        arrival.hello().auth().flatMap(auth -> Credentials.of(auth.scheme(), auth.param()));
    Optional<ErrorMessage> refusal =
        switch (access.enter(Door.STREAM, address(arrival), shown)) {
          case Entry.Granted granted when granted.caller().may(Scope.LISTEN) -> Optional.empty();
          case Entry.Granted granted ->
              Optional.of(new ErrorMessage(403, "Forbidden", "Permission 'Streaming' missing"));
          case Entry.Refused refused ->
              Optional.of(new ErrorMessage(401, "Unauthorized", refused.sentence()));
        };
    refusal.ifPresent(why -> tell(arrival, why));
    return refusal;
  }

  /** A client comes back each second; once is enough to be told of it. */
  private void tell(Arrival arrival, ErrorMessage why) {
    if (told.size() < MOST_TOLD && told.add(arrival.address() + " " + arrival.clientId())) {
      LOG.log(
          Level.WARNING,
          "{0} at {1} may not listen: {2}; give it a user of [access], with snapclient:"
              + " tcp://USER:PASSWORD@HOST, or open the door with stream = \"lan\"",
          arrival.clientId(),
          arrival.address(),
          why.message());
    }
  }

  private static InetAddress address(Arrival arrival) {
    return arrival.address().isEmpty() ? FAR_AWAY : InetAddress.ofLiteral(arrival.address());
  }
}
