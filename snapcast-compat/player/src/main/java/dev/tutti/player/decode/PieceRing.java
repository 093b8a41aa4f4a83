package dev.tutti.player.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Decoded sound on its way from the thread that decodes to the one that plays: a fixed number of
 * places, no locks, no allocation.
 */
public final class PieceRing {
  /** With chunks of 20 ms, 0.6 s. */
  private static final int PLACES = 32;

  private static final VarHandle ADDED;
  private static final VarHandle TAKEN;

  static {
    try {
      MethodHandles.Lookup own = MethodHandles.lookup();
      ADDED = own.findVarHandle(PieceRing.class, "added", long.class);
      TAKEN = own.findVarHandle(PieceRing.class, "taken", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Piece[] places = new Piece[PLACES];
  private long added;
  private long taken;

  public PieceRing() {
    for (int i = 0; i < PLACES; i++) {
      places[i] = new Piece();
    }
  }

  /** A free place to fill, null if there is none. For the thread that decodes. */
  @Nullable Piece claim() {
    return added - (long) TAKEN.getAcquire(this) < PLACES ? places[(int) (added % PLACES)] : null;
  }

  /** The claimed place is filled. */
  void publish() {
    ADDED.setRelease(this, added + 1);
  }

  /** The next piece to play, null if there is none. For the thread that plays. */
  public @Nullable Piece peek() {
    return taken < (long) ADDED.getAcquire(this) ? places[(int) (taken % PLACES)] : null;
  }

  /** The piece behind the next, null if there is none. For the thread that plays. */
  public @Nullable Piece peekSecond() {
    long second = taken + 1;
    return second < (long) ADDED.getAcquire(this) ? places[(int) (second % PLACES)] : null;
  }

  /** The piece peeked at is no longer needed. */
  public void release() {
    TAKEN.setRelease(this, taken + 1);
  }

  /** How many pieces wait. Any thread. */
  public int size() {
    return (int) ((long) ADDED.getAcquire(this) - (long) TAKEN.getAcquire(this));
  }
}
