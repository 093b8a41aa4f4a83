package dev.tutti.core.streams;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.Navigable;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.PlayerSource;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.Source;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.audio.dsp.Resampler;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream's tie to its source: waits for a plugin that offers it, opens it, watches it, lets it go
 * with its plugin, tries again when it failed. Used by the conductor only.
 */
final class SourceLink {
  private static final System.Logger LOG = System.getLogger(SourceLink.class.getName());
  private static final long SECOND = 1_000_000;

  /** A source that works on one call for longer than this counts as hung. */
  private static final long PATIENCE = 10 * SECOND;

  private static final long FIRST_RETRY = SECOND / 2;
  private static final long LAST_RETRY = 30 * SECOND;

  /** After so long without failure the next one is news again. */
  private static final long HEALTHY = 60 * SECOND;

  /** How long an abandoned source may take to end. */
  private static final long FAREWELL = 3 * SECOND;

  /** Who plays what the source delivers. */
  interface User {
    void attachOnDemand(RemoteSource source);

    void attachLive(LiveInput input);

    /** The live source that was attached has a player. */
    void attachPlayer(PlayerLink player);

    /** The source is gone; another one may follow. */
    void detach();

    void onEvent(SourceEvent event);
  }

  private record Leaving(SourceLane lane, String plugin, long since, boolean told) {}

  private final StreamConfig config;
  private final SourceExecutor executor;
  private final Mailbox mailbox;
  private final User user;
  private final List<Leaving> leaving = new ArrayList<>();
  private final ArtLoans art = new ArtLoans();

  private @Nullable Offer offer;
  private @Nullable SourceLane lane;
  private ArtLoans.Lender pictures = art.lender();
  private @Nullable PlayerLink playerLink;
  private boolean capturing;
  private long life;
  private long now;
  private long retryAt = Long.MAX_VALUE;
  private int failures;
  private long failedAt;
  private String reason = "";
  private String logged = "";

  SourceLink(StreamConfig config, SourceExecutor executor, Mailbox mailbox, User user) {
    this.config = config;
    this.executor = executor;
    this.mailbox = mailbox;
    this.user = user;
  }

  /** One sentence if the source is not there or failed, or empty. */
  String problem() {
    return offer == null
        ? "waiting for a plugin that plays " + config.uri().scheme() + "://"
        : reason;
  }

  /** Whether a plugin offers the source and it was opened. */
  boolean present() {
    return lane != null;
  }

  /** Whether a source could not be opened, or ended with an error. */
  boolean failed() {
    return !reason.isEmpty();
  }

  /** Whether sources of an offer, closed or not, still live here. */
  boolean uses(Offer gone) {
    return offer == gone || !leaving.isEmpty();
  }

  /** A plugin offers what the stream waits for. */
  void offered(Offer newOffer) {
    if (offer == null) {
      offer = newOffer;
      reason = "";
      failures = 0;
      retryAt = now;
    }
  }

  /** The plugin goes. */
  void withdrawn(Offer gone) {
    if (offer == gone) {
      release();
      offer = null;
      reason = "";
      retryAt = Long.MAX_VALUE;
    }
  }

  /** Ends the source for good. */
  void close() {
    release();
    offer = null;
    retryAt = Long.MAX_VALUE;
  }

  /** Tells the time. */
  void time(long nowMicros) {
    now = nowMicros;
  }

  /** Does what is due; answers when to come again. */
  long step() {
    long wake = watchLeaving();
    if (offer != null && lane == null && now >= retryAt) {
      open(offer);
    }
    if (lane == null) {
      return Math.min(wake, retryAt);
    }
    if (!capturing) {
      long busy = lane.busyFor(now);
      if (busy >= PATIENCE) {
        fail("it does not answer for " + PATIENCE / SECOND + " s");
        return Math.min(wake, retryAt);
      }
      wake = Math.min(wake, now + Math.max(PATIENCE - busy, SECOND));
    }
    if (!logged.isEmpty() && reason.isEmpty() && now - failedAt > HEALTHY) {
      LOG.log(Level.INFO, "stream {0}: its source plays again", config.id());
      logged = "";
    }
    return wake;
  }

  private void open(Offer from) {
    long mine = ++life;
    retryAt = Long.MAX_VALUE;
    capturing = false;
    SourceExecutor.Lane thread = executor.lane(config.id(), from.scope().loader());
    SourceLane newLane =
        new SourceLane(config.id(), thread, text -> post(mine, () -> fail(text)), mailbox::nudge);
    lane = newLane;
    ArtLoans.Lender lender = art.lender();
    pictures = lender;
    SourceRequest request = new SourceRequest(config.uri(), config.format(), config.id());
    newLane.run(() -> create(from, request, newLane, lender, mine));
  }

  /** On the lane. */
  private void create(
      Offer from, SourceRequest request, SourceLane to, ArtLoans.Lender lender, long mine)
      throws Exception {
    Source source = from.factory().create(request);
    to.holds(source);
    if (source instanceof LiveSource) {
      prepareFilter();
    }
    switch (source) {
      case OnDemandSource onDemand -> {
        OnDemandDriver driver =
            new OnDemandDriver(
                onDemand,
                lender,
                config.format(),
                config.chunkFrames(),
                event -> post(mine, () -> user.onEvent(event)));
        RemoteSource remote =
            new RemoteSource(to, driver, driver.start(), onDemand instanceof Navigable);
        post(mine, () -> user.attachOnDemand(remote));
      }
      case PlayerSource player -> {
        SourceExecutor.Lane commands =
            executor.lane(config.id() + "-commands", from.scope().loader());
        PlayerLink link = new PlayerLink(player, commands, art.lender());
        mailbox.post(() -> follow(link, player, to, lender, mine));
        player.onChange(state -> {
          PlayerState shown = link.lent(state);
          post(mine, () -> link.state(shown));
        });
      }
      case LiveSource live -> post(mine, () -> capture(live, to, lender, mine));
    }
  }

  /** The filter that follows a feeder's clock is made once per program, and not on its threads. */
  private void prepareFilter() {
    int rate = config.format().rate();
    var _ = Resampler.adjustable(rate, rate, config.format().channels());
  }

  private void follow(
      PlayerLink link, PlayerSource player, SourceLane on, ArtLoans.Lender lender, long mine) {
    if (mine != life || lane == null) {
      link.close();
      return;
    }
    playerLink = link;
    capture(player, on, lender, mine);
    user.attachPlayer(link);
  }

  private void capture(LiveSource live, SourceLane on, ArtLoans.Lender lender, long mine) {
    int chunk = config.chunkFrames();
    int capacity = LiveInput.capacityFor(config);
    LiveInput input = new LiveInput(config.format(), lender, capacity, chunk, mailbox::nudge);
    capturing = true;
    user.attachLive(input);
    on.capture(
        () -> {
          live.capture(input);
          input.rest();
          post(mine, this::endOfCapture);
        },
        input);
  }

  private void endOfCapture() {
    release();
    retryAt = now + SECOND;
  }

  private void post(long mine, Runnable letter) {
    mailbox.post(() -> {
      if (mine == life && lane != null) {
        letter.run();
      }
    });
  }

  private void fail(String text) {
    release();
    failures = now - failedAt > HEALTHY ? 1 : failures + 1;
    failedAt = now;
    retryAt = now + Math.min(LAST_RETRY, FIRST_RETRY << Math.min(failures - 1, 10));
    reason = text;
    if (!text.equals(logged)) {
      logged = text;
      LOG.log(
          Level.WARNING,
          "stream {0}: its source {1} fails: {2}; trying again",
          config.id(),
          config.uri().scheme() + "://" + config.uri().host() + config.uri().path(),
          text);
    }
  }

  /** The source has delivered audio. */
  void delivers() {
    reason = "";
  }

  private void release() {
    SourceLane old = lane;
    lane = null;
    life++;
    if (playerLink != null) {
      playerLink.close();
      playerLink = null;
    }
    if (old != null) {
      user.detach();
      pictures.end();
      old.abandon();
      String plugin = offer == null ? "" : offer.scope().pluginId();
      leaving.add(new Leaving(old, plugin, now, false));
    }
  }

  private long watchLeaving() {
    leaving.removeIf(l -> l.lane().ended());
    long wake = Long.MAX_VALUE;
    for (int i = 0; i < leaving.size(); i++) {
      Leaving l = leaving.get(i);
      if (!l.told() && now - l.since() >= FAREWELL) {
        LOG.log(
            Level.WARNING,
            "stream {0}: the source of plugin {1} does not end when interrupted; its thread source-{0} is"
                + " left behind",
            config.id(),
            l.plugin());
        leaving.set(i, new Leaving(l.lane(), l.plugin(), l.since(), true));
      } else if (!l.told()) {
        wake = Math.min(wake, l.since() + FAREWELL);
      }
    }
    return wake;
  }
}
