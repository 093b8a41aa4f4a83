package dev.tutti.player.shell;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Goes back to the server that was lost before it asks where else to go: what is in hand is of use
 * with that one only, and most that are gone are back at once. For the I/O thread.
 */
public final class PatientServers implements Servers {
  /** So long only the server that was lost is tried. */
  static final long LOYAL_MICROS = 3_000_000;

  private final Servers others;
  private final LongSupplier clock;
  private Optional<ServerAddress> tried = Optional.empty();
  private Optional<ServerAddress> loved = Optional.empty();
  private long lostAt = Long.MIN_VALUE;

  /**
   * @param clock ours, microseconds
   */
  public PatientServers(Servers others, LongSupplier clock) {
    this.others = others;
    this.clock = clock;
  }

  @Override
  public ServerAddress next() throws IOException {
    if (loved.isPresent()) {
      long now = clock.getAsLong();
      if (lostAt == Long.MIN_VALUE) {
        lostAt = now;
      }
      if (now - lostAt < LOYAL_MICROS) {
        return loved.get();
      }
      loved = Optional.empty();
    }
    ServerAddress other = others.next();
    tried = Optional.of(other);
    return other;
  }

  @Override
  public void served() {
    loved = tried;
    lostAt = Long.MIN_VALUE;
    others.served();
  }
}
