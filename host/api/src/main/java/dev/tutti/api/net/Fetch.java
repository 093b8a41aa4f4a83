package dev.tutti.api.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * The one way to get something from elsewhere when somebody else says from where; a service of the
 * host: {@code context.services().find(Fetch.class)}. It keeps whoever can name an address from
 * reaching what only this machine can reach: private, local and special addresses are refused
 * unless {@code [fetch]} in the configuration allows them, at each redirect anew, and the
 * connection goes to the very address that was judged. Thread-safe; blocks.
 */
public interface Fetch {
  /**
   * Gets what is at an http or https address, following redirects.
   *
   * @return the answer, at its beginning; the caller closes it
   * @throws FetchRefused if the address, its type or its size is not permitted
   * @throws IOException if it cannot be had
   */
  Fetched get(Wanted wanted) throws IOException;

  /**
   * The addresses of a host that something else than {@link #get} may connect to. Connect to one of
   * these; a name may mean something else the next moment.
   *
   * @throws FetchRefused if there is none
   */
  List<InetAddress> permitted(String host) throws UnknownHostException, FetchRefused;

  /** What is expected; anything else is refused, whatever it calls itself. */
  enum Kind {
    /** Audio. Not lists of further addresses, such as HLS, under the name of a sound file. */
    AUDIO,
    PICTURE,
    ANYTHING
  }

  /**
   * A request.
   *
   * @param maxBytes the longest answer that is read
   * @param timeLimit for all of it, to the last byte
   */
  record Wanted(URI uri, Kind kind, long maxBytes, Duration timeLimit) {
    public Wanted {
      if (maxBytes < 1 || !timeLimit.isPositive()) {
        throw new IllegalArgumentException("a fetch needs some bytes and some time");
      }
    }

    /** A sound of at most 64 MiB, within a minute. */
    public static Wanted audio(URI uri) {
      return new Wanted(uri, Kind.AUDIO, 64L * 1024 * 1024, Duration.ofMinutes(1));
    }

    /** A picture of at most 8 MiB, within 20 s. */
    public static Wanted picture(URI uri) {
      return new Wanted(uri, Kind.PICTURE, 8L * 1024 * 1024, Duration.ofSeconds(20));
    }
  }

  /** An answer. Used by one thread. */
  interface Fetched extends AutoCloseable {
    /** Where it came from in the end. */
    URI uri();

    /** Such as {@code audio/mpeg}, in lower case, without parameters; empty if not told. */
    String mediaType();

    /**
     * The content. Reading throws {@link FetchRefused} beyond the longest length, and other
     * exceptions when time is up or the far end breaks off.
     */
    InputStream body();

    @Override
    void close();
  }
}
