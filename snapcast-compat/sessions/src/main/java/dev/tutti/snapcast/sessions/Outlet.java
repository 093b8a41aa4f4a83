package dev.tutti.snapcast.sessions;

import java.nio.ByteBuffer;

/** The way out of one connection: takes bytes while there is room. Never blocks. */
public interface Outlet {
  /** What {@link #write} answers when the connection is gone. */
  long BROKEN = -1;

  /**
   * Takes bytes from the first {@code count} buffers, in order, moving their positions.
   *
   * @return how many bytes were taken, possibly none, or {@link #BROKEN}
   */
  long write(ByteBuffer[] buffers, int count);

  /** Asks to be told ({@link Session#room}) once there is room again. */
  void awaitRoom();

  /** Ends the connection. The session does not want to hear of it again. */
  void close();
}
