package dev.tutti.player.session;

import dev.tutti.snapcast.protocol.Hello;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The way to a server, as a session sees it. Nothing here blocks; what becomes of it is told to the
 * session later.
 */
public interface Wire {
  /** Begins to connect; {@link ServerSession#connected} or {@link ServerSession#closed} follow. */
  void connect();

  /** Sends bytes, which are consumed. */
  void send(ByteBuffer bytes);

  /** What the server at the other end wants to see in our hello, if anything. */
  default Optional<Hello.Auth> credentials() {
    return Optional.empty();
  }

  /** Ends the connection. The session expects no further word of it. */
  void close();
}
