package dev.tutti.snapcast.protocol;

/**
 * A peer sent something that is not the protocol. The message is a sentence for the log; the
 * connection cannot go on.
 */
public final class ProtocolException extends Exception {
  public ProtocolException(String message) {
    super(message);
  }

  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
