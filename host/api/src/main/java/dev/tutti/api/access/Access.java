package dev.tutti.api.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The one policy behind all doors; a service of the host: {@code
 * context.services().find(Access.class)}. Counts and logs failures: who guesses is soon not
 * listened to. Thread-safe; never blocks, may be asked by an I/O thread.
 *
 * <p>HTTP requests and WebSockets have been asked already when a plugin sees them: see {@link
 * dev.tutti.api.http.HttpCall#caller} and {@link dev.tutti.api.http.Http.WebSocketPeer#caller}.
 */
public interface Access {
  /**
   * Judges somebody who comes in, or who shows something later.
   *
   * @param remote the other end's address
   * @param credentials what it shows, if anything
   */
  Entry enter(Door door, InetAddress remote, Optional<Credentials> credentials);

  /** Whether any token or user is configured; if not, nothing can be shown that would be wrong. */
  boolean knowsAnybody();

  /** Where one comes in. Each door may be configured on its own. */
  enum Door {
    /** Audio: the stream port, and the WebSocket {@code /stream}. */
    STREAM,
    /** The control port. */
    CONTROL,
    /** HTTP and all other WebSockets. */
    WEB
  }

  /** The judgement. */
  sealed interface Entry {
    record Granted(Caller caller) implements Entry {}

    /**
     * @param sentence for the caller; tells nobody what would be right
     */
    record Refused(Why why, String sentence) implements Entry {}

    /** Why somebody is refused. */
    enum Why {
      /** Nothing was shown. */
      NOTHING_SHOWN,
      UNKNOWN_USER,
      WRONG,
      /** Too many failures from this address; it is not listened to for a while. */
      TOO_MANY
    }
  }
}
