package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;
import java.util.function.LongSupplier;

/**
 * A whole Snapcast stream server on one thread: sessions and feeds stepped together. What the
 * laboratory drives in virtual time, and what is enough wherever a few clients are served. A server
 * for thousands steps {@link Sessions} and {@link Feeds} on threads of their own.
 */
public final class StreamServer {
  private final Feeds feeds;
  private final Sessions sessions;

  /**
   * @param clock the server clock, read right before Time replies leave
   * @param ready called, from any thread a source likes, when {@link #step} is worth calling
   */
  public StreamServer(
      SessionPolicy policy,
      Registry registry,
      FeedSources sources,
      EncoderOpener encoders,
      LongSupplier clock,
      Runnable ready) {
    PayloadPool pool = new PayloadPool();
    Handover handover = new Handover();
    feeds = new Feeds(sources, encoders, pool, handover, ready);
    sessions = new Sessions(policy, registry, feeds, pool, clock);
    handover.to = sessions;
  }

  /** Feeds and sessions need each other; this is the knot. */
  private static final class Handover implements FeedListener {
    private @org.jspecify.annotations.Nullable FeedListener to;

    @Override
    public void opened(FeedId feed, CodecHeader header) {
      if (to != null) {
        to.opened(feed, header);
      }
    }

    @Override
    public void revoked(FeedId feed, long fromMicros, long atMicros) {
      if (to != null) {
        to.revoked(feed, fromMicros, atMicros);
      }
    }

    @Override
    public void encoded(FeedId feed, Chunk chunk) {
      if (to != null) {
        to.encoded(feed, chunk);
      }
    }
  }

  /** A connection was made; see {@link Sessions#accept}. */
  public Session accept(Outlet outlet, String address, long nowMicros) {
    return sessions.accept(outlet, address, nowMicros);
  }

  public Sessions sessions() {
    return sessions;
  }

  public Feeds feeds() {
    return feeds;
  }

  /** Does what is due and answers when to be called again, or as soon as something happens. */
  public long step(long nowMicros) {
    long feeding = feeds.step(nowMicros);
    return Math.min(feeding, sessions.step(nowMicros));
  }

  public void close(long nowMicros) {
    sessions.close(nowMicros);
    feeds.close();
  }
}
