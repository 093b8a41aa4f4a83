package dev.tutti.snapcast.control;

/**
 * Tells stream clients from controllers by the first byte they send, because both come to either
 * port where somebody has swapped them (requirements K4, S0-18).
 */
public final class FirstBytes {
  private static final int TIME = 4;
  private static final int HELLO = 5;

  private FirstBytes() {}

  /** Whether a stream client speaks: it begins with Hello, or asks for the time. */
  public static boolean ofStream(byte first) {
    return first == HELLO || first == TIME;
  }

  /** Whether a controller speaks: text, which no message of the stream protocol begins like. */
  public static boolean ofControl(byte first) {
    return first == '{' || first == '[' || first == ' ' || first == '\r' || first == '\n';
  }
}
