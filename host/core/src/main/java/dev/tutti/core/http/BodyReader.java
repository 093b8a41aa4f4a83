package dev.tutti.core.http;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads request bodies whole, within limits of size, time and number, so that no sender can hold
 * much memory or for long. Thread-safe; {@link #read} blocks.
 */
final class BodyReader {
  /** The longest a route can ask for. */
  static final int MAX_BYTES = 64 * 1024 * 1024;

  /** The time a sender has for all of its body. */
  private static final int DEADLINE_SECONDS = 30;

  /** Above this a body counts as big, and only {@link #MAX_BIG} are read at once. */
  private static final int BIG_BYTES = 64 * 1024;

  private static final int MAX_BIG = 32;

  /** Of those above {@link Http#USUAL_BODY_BYTES} so many are read at once. */
  private static final int MAX_HUGE = 4;

  private final Semaphore big = new Semaphore(MAX_BIG);
  private final Semaphore huge = new Semaphore(MAX_HUGE);

  /**
   * @throws HttpException 413 if it is too long, 408 if it takes too long, 400 if it breaks off,
   *     503 if too many others are being read
   */
  byte[] read(Request request, int maxBytes) {
    long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (announced > maxBytes) {
      throw tooLong(maxBytes);
    }
    Scheduler.Task deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(() -> giveUp(request), DEADLINE_SECONDS, TimeUnit.SECONDS);
    try (InputStream in = Content.Source.asInputStream(request)) {
      return read(in, maxBytes);
    } catch (IOException e) {
      throw e.getCause() instanceof TimeoutException
          ? new HttpException(408, "the body did not come in time")
          : new HttpException(400, "the body broke off");
    } finally {
      deadline.cancel();
    }
  }

  private byte[] read(InputStream in, int maxBytes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[16 * 1024];
    List<Semaphore> permits = new ArrayList<>(2);
    try {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        int size = body.size() + n;
        if (size > maxBytes) {
          throw tooLong(maxBytes);
        }
        if (permits.isEmpty() && size > BIG_BYTES) {
          acquire(big, permits);
        }
        if (permits.size() == 1 && size > Http.USUAL_BODY_BYTES) {
          acquire(huge, permits);
        }
        body.write(part, 0, n);
      }
      return body.toByteArray();
    } finally {
      permits.forEach(Semaphore::release);
    }
  }

  private static void acquire(Semaphore semaphore, List<Semaphore> permits) {
    if (!semaphore.tryAcquire()) {
      throw new HttpException(503, "too many uploads at once; try again");
    }
    permits.add(semaphore);
  }

  private static void giveUp(Request request) {
    request
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("no whole body in " + DEADLINE_SECONDS + " s"));
  }

  static HttpException tooLong(long maxBytes) {
    return new HttpException(
        413, "the body is longer than " + maxBytes / 1024 + " KiB, the most this path takes");
  }
}
