package dev.tutti.player.shell;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection to a server, from the first attempt to its end. For the I/O thread; nothing
 * blocks, but what resolving a name may take.
 */
interface Line {
  /** Told, within {@link #serve}, what happens on a line. For the I/O thread. */
  interface Listener {
    /** It can be used. */
    void opened();

    /**
     * Bytes have come.
     *
     * @param bytes are consumed
     * @param atMicros when they came
     */
    void received(ByteBuffer bytes, long atMicros);
  }

  /**
   * Does what can be done now.
   *
   * @throws IOException if there is no connection, or no longer; says why
   */
  void serve(long nowMicros) throws IOException;

  /**
   * Sends one message, now or as soon as there is room.
   *
   * @throws IOException if too much waits, or the connection is broken
   */
  void send(ByteBuffer message) throws IOException;

  /** When to call {@link #serve} at the latest, though nothing has happened. */
  long wakeAtMicros();

  /** Ends it; the listener is told nothing more. */
  void close();
}
