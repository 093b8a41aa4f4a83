package dev.tutti.player.shell;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a WebSocket failed, in a sentence that says what to do. */
final class WebSocketFailure {
  private static final int MOST_CAUSES = 20;

  private WebSocketFailure() {}

  static String sentence(Throwable thrown, ServerAddress server) {
    Throwable cause = thrown;
    String last = "the connection broke";
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String known = known(cause, server);
      if (known != null) {
        return known;
      }
      last = cause.getMessage() == null ? last : cause.getMessage();
      cause = cause.getCause();
    }
    return last;
  }

  private static @Nullable String known(Throwable cause, ServerAddress server) {
    return switch (cause) {
      case WebSocketHandshakeException refused ->
          answer(refused.getResponse().statusCode(), server);
      case UnresolvedAddressException unknown -> "the name is unknown";
      case UnknownHostException unknown -> "the name is unknown";
      case CertificateException untrusted -> String.valueOf(untrusted.getMessage());
      case HttpTimeoutException late -> "no answer";
      case EOFException ended -> "the server closed the connection";
      case SSLException tls when hides(tls, CertificateException.class) -> null;
      case SSLException tls ->
          "no encrypted connection (" + tls.getMessage() + "); without encryption: ws://HOST";
      case ConnectException refused when hides(refused, UnresolvedAddressException.class) -> null;
      case ConnectException refused ->
          refused.getMessage() == null ? "Connection refused" : refused.getMessage();
      default -> null;
    };
  }

  private static boolean hides(Throwable thrown, Class<? extends Throwable> type) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String answer(int status, ServerAddress server) {
    return switch (status) {
      case 401, 403 ->
          "the server wants a user and a password it knows: "
              + server.scheme().name().toLowerCase(Locale.ROOT)
              + "://USER:PASSWORD@HOST";
      case 404 -> "there is a web server, but no Snapcast behind " + server.path();
      default ->
          "the web server there answers with status "
              + status
              + ", not with Snapcast's audio; is it the right port?";
    };
  }
}
