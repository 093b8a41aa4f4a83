package dev.tutti.core.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A port the host needs cannot be had. The message is for the user and says what to change. */
public final class PortUnavailable extends RuntimeException {
  PortUnavailable(String message, IOException cause) {
    super(message, cause);
  }

  /**
   * Puts a failed bind into a sentence.
   *
   * @param name the port's name, such as {@code stream}
   * @param option the command line option that changes it, such as {@code --stream-port}
   */
  public static PortUnavailable of(
      String name, InetSocketAddress wanted, String option, IOException cause) {
    String what = "cannot listen on port " + wanted.getPort() + " (" + name + "): ";
    String text = String.valueOf(cause.getMessage());
    if (text.contains("assign requested address")) {
      return new PortUnavailable(
          "cannot listen on %s: this machine has no such address; change --bind"
              .formatted(wanted.getAddress().getHostAddress()),
          cause);
    }
    if (text.contains("ermission denied")) {
      return new PortUnavailable(
          what + "the system allows it to administrators only; choose another with " + option,
          cause);
    }
    if (cause instanceof BindException || cause instanceof SocketException) {
      return new PortUnavailable(
          what + "another program is using it; stop that program, or choose another with " + option,
          cause);
    }
    return new PortUnavailable(what + text + "; choose another with " + option, cause);
  }
}
