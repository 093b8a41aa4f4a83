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
  private final Piece[] aside = new Piece[2 * PLACES];
  private int asideFirst;
  private int setAside;

  public PieceRing() {
    for (int i = 0; i < PLACES; i++) {
      places[i] = new Piece();
    }
    for (int i = 0; i < aside.length; i++) {
      aside[i] = new Piece();
    }
  }

  /** A free place to fill, null if there is none. For the thread that decodes. */
  public @Nullable Piece claim() {
    return added - (long) TAKEN.getAcquire(this) < PLACES ? places[(int) (added % PLACES)] : null;
  }

  /** The claimed place is filled. */
  public void publish() {
    ADDED.setRelease(this, added + 1);
  }

  /** The next piece to play, null if there is none. For the thread that plays. */
  public @Nullable Piece peek() {
    return setAside > 0 ? aside[asideFirst] : peekRing();
  }

  private @Nullable Piece peekRing() {
    return taken < (long) ADDED.getAcquire(this) ? places[(int) (taken % PLACES)] : null;
  }

  /** A piece behind the next, null if there are not so many. For the thread that plays. */
  public @Nullable Piece peek(int behind) {
    if (behind < setAside) {
      return aside[(asideFirst + behind) % aside.length];
    }
    long wanted = taken + behind - setAside;
    return wanted < (long) ADDED.getAcquire(this) ? places[(int) (wanted % PLACES)] : null;
  }

  /** The piece peeked at is no longer needed. */
  public void release() {
    if (setAside > 0) {
      asideFirst = (asideFirst + 1) % aside.length;
      setAside--;
    } else {
      TAKEN.setRelease(this, taken + 1);
    }
  }

  /**
   * Sets the next pieces aside, to be played all the same, so that there is room for others behind
   * them. For the thread that plays.
   *
   * @param count how many there are to be; fewer if there is no room
   */
  public void setAside(int count) {
    while (setAside < Math.min(count, aside.length)) {
      int place = (int) (taken % PLACES);
      int free = (asideFirst + setAside) % aside.length;
      Piece piece = places[place];
      places[place] = aside[free];
      aside[free] = piece;
      setAside++;
      TAKEN.setRelease(this, taken + 1);
    }
  }

  /** How many pieces wait that are not set aside. Any thread. */
  public int size() {
    return (int) ((long) ADDED.getAcquire(this) - (long) TAKEN.getAcquire(this));
  }
}
