package dev.tutti.player.session;

import java.nio.ByteBuffer;

/**
 * The way to a server, as a session sees it. Nothing here blocks; what becomes of it is told to the
 * session later.
 */
public interface Wire {
  /** Begins to connect; {@link ServerSession#connected} or {@link ServerSession#closed} follow. */
  void connect();

  /** Sends bytes, which are consumed. */
  void send(ByteBuffer bytes);

  /** Ends the connection. The session expects no further word of it. */
  void close();
}
