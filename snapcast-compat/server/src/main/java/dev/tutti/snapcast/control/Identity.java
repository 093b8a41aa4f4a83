package dev.tutti.snapcast.control;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Access.Entry;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection, and what it may do; may say later who it is
 * (Server.Authenticate). Any thread.
 */
final class Identity {
  private static final int UNKNOWN_USER = 3;
  private static final int WRONG = 4;

  private final Access access;
  private final Door door;
  private final InetAddress remote;
  private volatile Caller caller;

  /**
   * @param caller as judged when it came
   */
  Identity(Access access, Door door, InetAddress remote, Caller caller) {
    this.access = access;
    this.door = door;
    this.remote = remote;
    this.caller = caller;
  }

  /** Of somebody who comes through a door and has shown nothing yet. */
  static Identity comingIn(Access access, Door door, InetAddress remote) {
    Caller caller =
        switch (access.enter(door, remote, Optional.empty())) {
          case Entry.Granted granted -> granted.caller();
          case Entry.Refused refused -> Caller.NOBODY;
        };
    return new Identity(access, door, remote, caller);
  }

  boolean may(Scope needed) {
    return caller.may(needed);
  }

  /**
   * @throws RpcError with snapserver's codes 401 and 403 if it may not
   */
  void require(Scope needed) throws RpcError {
    if (!may(needed)) {
      throw caller.may(Scope.LISTEN)
          ? RpcError.refused(403, "Forbidden")
          : RpcError.refused(401, "Unauthorized");
    }
  }

  /**
   * Takes what is shown; where nobody is configured, anything does.
   *
   * @throws RpcError with snapserver's codes 3 and 4 if it is wrong; nothing changes then
   */
  void authenticate(Optional<Credentials> shown) throws RpcError {
    switch (access.enter(door, remote, shown)) {
      case Entry.Granted granted -> {
        boolean unknown = granted.caller().name().isEmpty();
        if (unknown && access.knowsAnybody()) {
          throw RpcError.refused(WRONG, "unknown user or wrong password");
        }
        caller = granted.caller();
      }
      case Entry.Refused refused -> {
        boolean unknown = refused.why() == Entry.Why.UNKNOWN_USER;
        throw RpcError.refused(unknown ? UNKNOWN_USER : WRONG, refused.sentence());
      }
    }
  }
}
