package dev.tutti.api.access;

/**
 * Somebody who was let in.
 *
 * @param name of the token or user, as configured; empty for somebody unknown at an open door
 * @param scope what it may do at most
 */
public record Caller(String name, Scope scope) {
  /** Whoever comes through a door that is open, as all of Snapcast's are by default. */
  public static final Caller UNKNOWN = new Caller("", Scope.CONTROL);

  /** Somebody who was not refused yet, because it can still say who it is on the connection. */
  public static final Caller NOBODY = new Caller("", Scope.NONE);

  public boolean may(Scope needed) {
    return scope.includes(needed);
  }
}
