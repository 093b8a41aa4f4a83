package dev.tutti.core.http;

import dev.tutti.api.http.HttpReply;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is wrong with a request before any route sees it (bad syntax, too big), said in JSON. */
final class JsonErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Dispatcher.write(HttpReply.error(status, sentence(status)), request, response, callback);
    return true;
  }

  private static String sentence(int status) {
    return switch (status) {
      case 400 -> "the request is malformed";
      case 414 -> "the address is too long";
      case 431 -> "the request's header is too long";
      case 500 -> "the server failed at this; its log says why";
      case 505 -> "this server speaks HTTP/1.1";
      default -> String.valueOf(HttpStatus.getMessage(status)).toLowerCase(java.util.Locale.ROOT);
    };
  }
}
