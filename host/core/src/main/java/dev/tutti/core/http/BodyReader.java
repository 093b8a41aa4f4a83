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

  /** Of a body that is refused so much is passed over, if it comes within the time. */
  private static final long MOST_WASTE_BYTES = 8L << 20;

  private static final int WASTE_SECONDS = 3;

  private static final System.Logger LOG = System.getLogger(BodyReader.class.getName());

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
    Scheduler.Task deadline = deadline(request, DEADLINE_SECONDS);
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

  /**
   * Passes over what is left of a body that was refused, after the answer: who is cut off while
   * sending may not see it. Not of one who waits to be told to send.
   */
  static void passOver(Request request) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    Scheduler.Task deadline = deadline(request, WASTE_SECONDS);
    try (InputStream in = Content.Source.asInputStream(request)) {
      in.skip(MOST_WASTE_BYTES);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "who was refused is gone: {0}", e.getMessage());
    } finally {
      deadline.cancel();
    }
  }

  private static Scheduler.Task deadline(Request request, int seconds) {
    return request
        .getComponents()
        .getScheduler()
        .schedule(() -> giveUp(request, seconds), seconds, TimeUnit.SECONDS);
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

  private static void giveUp(Request request, int seconds) {
    request
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("no whole body in " + seconds + " s"));
  }

  static HttpException tooLong(long maxBytes) {
    return new HttpException(
        413, "the body is longer than " + maxBytes / 1024 + " KiB, the most this path takes");
  }
}
