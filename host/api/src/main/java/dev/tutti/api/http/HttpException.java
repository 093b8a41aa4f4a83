package dev.tutti.api.http;

/** Thrown by a route to answer with an error, as JSON {@code {"error":"…"}}. */
public final class HttpException extends RuntimeException {
  private final int status;

  public HttpException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** 404 for a thing and its name. */
  public static HttpException notFound(String kind, String name) {
    return new HttpException(404, "there is no " + kind + " \"" + name + "\"");
  }

  public int status() {
    return status;
  }
}
