package dev.tutti.snapcast.sessions;

import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All feeds of a server as one step function. Called by one thread, which need not be that of the
 * {@link Sessions}: what feeds make goes to the listener, which may hand it over.
 */
public final class Feeds implements FeedDemand {
  private static final System.Logger LOG = System.getLogger(Feeds.class.getName());
  private static final long NEVER = Long.MAX_VALUE;

  /** Blocks of one stream in one step, so that a stream that begins does not hold up the others. */
  private static final int BLOCKS = 16;

  private final FeedSources sources;
  private final EncoderOpener encoders;
  private final PayloadPool pool;
  private final FeedListener listener;
  private final Runnable ready;
  private final Map<FeedId, Wanted> wanted = new LinkedHashMap<>();

  private static final class Wanted {
    private long leadMicros;
    private long depthMicros;
    private long horizonMicros;
    private @Nullable Feed feed;
  }

  /**
   * @param ready passed to sources: to be called, from any thread, when {@link #step} is worth
   *     calling
   */
  public Feeds(
      FeedSources sources,
      EncoderOpener encoders,
      PayloadPool pool,
      FeedListener listener,
      Runnable ready) {
    this.sources = sources;
    this.encoders = encoders;
    this.pool = pool;
    this.listener = listener;
    this.ready = ready;
  }

  @Override
  public void want(FeedId id, long leadMicros, long fromMicros) {
    Wanted entry = wanted.computeIfAbsent(id, unknown -> new Wanted());
    entry.leadMicros = leadMicros;
    if (entry.feed == null) {
      open(id, entry, fromMicros);
    } else {
      entry.feed.leadMicros(leadMicros);
      entry.feed.reach(entry.depthMicros, entry.horizonMicros);
    }
  }

  @Override
  public void reach(FeedId id, long depthMicros, long horizonMicros) {
    Wanted entry = wanted.computeIfAbsent(id, unknown -> new Wanted());
    entry.depthMicros = depthMicros;
    entry.horizonMicros = horizonMicros;
  }

  @Override
  public void release(FeedId id) {
    Wanted entry = wanted.remove(id);
    if (entry != null && entry.feed != null) {
      entry.feed.close();
    }
  }

  /** A stream came, went, or is another one now: whoever listens to it gets what is there. */
  public void sourceChanged(String streamId) {
    wanted.forEach((id, entry) -> {
      if (id.streamId().equals(streamId)) {
        if (entry.feed != null) {
          entry.feed.close();
          entry.feed = null;
        }
        open(id, entry, NOW);
      }
    });
  }

  private void open(FeedId id, Wanted entry, long fromMicros) {
    FeedSource source =
        id.deep() ? sources.openAhead(id.streamId(), ready) : sources.open(id.streamId(), ready);
    if (source == null) {
      LOG.log(Level.DEBUG, "there is no stream \"{0}\" for its listeners yet", id.streamId());
      return;
    }
    Feed feed = new Feed(id, source, fromMicros, encoders, pool, listener);
    feed.leadMicros(entry.leadMicros);
    feed.reach(entry.depthMicros, entry.horizonMicros);
    entry.feed = feed;
    listener.opened(id, feed.header());
  }

  /**
   * Encodes what is due, or a part of it.
   *
   * @return when to be called again if no source calls before; now or earlier if there is more to
   *     do
   */
  public long step(long nowMicros) {
    long next = NEVER;
    for (Wanted entry : wanted.values()) {
      if (entry.feed != null) {
        next = Math.min(next, entry.feed.step(nowMicros, BLOCKS));
      }
    }
    return next;
  }

  /** How each encoder does. */
  public List<FeedReport> report(long nowMicros) {
    return wanted.values().stream()
        .map(entry -> entry.feed)
        .filter(Objects::nonNull)
        .map(feed -> feed.report(nowMicros))
        .toList();
  }

  /** Closes all feeds. */
  public void close() {
    for (Iterator<Wanted> each = wanted.values().iterator(); each.hasNext(); ) {
      Wanted entry = each.next();
      if (entry.feed != null) {
        entry.feed.close();
      }
      each.remove();
    }
  }
}
