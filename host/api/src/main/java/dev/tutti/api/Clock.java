package dev.tutti.api;

/**
 * The server clock: monotonic, continuous across a restart of the process on the same machine (it
 * is the system's own monotonic clock), virtual in tests. Its only use is in differences and in
 * timestamps on the wire. Any thread.
 */
@FunctionalInterface
public interface Clock {
  /** Microseconds since an arbitrary instant, never running backwards. */
  long nowMicros();
}
