package dev.tutti.core.streams;

import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.audio.dsp.Fade;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its timeline, its listeners, its source and the way that is rendered, and its
 * fallbacks, which sound while the source should and does not. Used by the conductor only, except
 * where a method says otherwise.
 */
final class StreamLine implements SourceLink.User {
  /** How often a source in trouble is looked at. */
  private static final long ALERT_EVERY = 20_000;

  private static final System.Logger LOG = System.getLogger(StreamLine.class.getName());

  private final StreamConfig config;
  private final StreamTiming timing;
  private final Timeline timeline = new Timeline();
  private final SourceLink link;
  private final SourceWatch watch;
  private final AnchorKeeper anchors;
  private final Audience audience;
  private final StatusReport report;
  private volatile StreamStatus status;

  private final @Nullable Standby standby;
  private final @Nullable StreamLine instead; // the stream this one is a fallback of
  private @Nullable Renderer renderer;
  private @Nullable LiveFeed live;
  private @Nullable PlayerLink player;
  private @Nullable OnDemandFeed onDemand;
  private @Nullable Transport transport;
  private long heardUntil = Long.MIN_VALUE;
  private long toldLimit;
  private final long delay;
  private long now;
  private volatile boolean gateAsked;
  private boolean gateOpen;
  private long stoodInSince = Long.MAX_VALUE;

  StreamLine(
      StreamConfig config,
      StreamTiming timing,
      SourceExecutor executor,
      Mailbox mailbox,
      AnchorStore store) {
    this(config, timing, executor, mailbox, store, null);
  }

  private StreamLine(
      StreamConfig config,
      StreamTiming timing,
      SourceExecutor executor,
      Mailbox mailbox,
      AnchorStore store,
      @Nullable StreamLine instead) {
    this.config = config;
    this.instead = instead;
    this.gateAsked = config.playing();
    this.gateOpen = gateAsked;
    this.delay = LiveOptions.delayMicros(config.uri());
    List<StreamLine> fallbacks = new ArrayList<>();
    for (int i = 1; i <= config.fallbacks().size(); i++) {
      fallbacks.add(
          new StreamLine(config.fallback(i), timing, executor, mailbox, AnchorStore.NONE, this));
    }
    // No longer than what a fallback that ends has held back.
    int fadeFrames = (int) config.format().framesIn(Math.min(timing.fade(), timing.hold()));
    this.standby =
        fallbacks.isEmpty()
            ? null
            : new Standby(
                fallbacks,
                config.format().channels(),
                new Fade(fadeFrames, Fade.Curve.EQUAL_POWER));
    this.timing = timing;
    this.link = new SourceLink(config, executor, mailbox, this);
    this.watch = new SourceWatch(link, delay);
    this.anchors = new AnchorKeeper(config, timing, store);
    this.report = new StatusReport(config);
    this.audience = new Audience(timing.defaultLead());
    timeline.onReplaced(audience::revoked);
    this.status = report.unknown();
  }

  // --- any thread -------------------------------------------------------------------------------

  String id() {
    return config.id();
  }

  /** The stream as it was last published. */
  StreamStatus status() {
    return status;
  }

  Timeline timeline() {
    return timeline;
  }

  StreamConfig config() {
    return config;
  }

  Audience audience() {
    return audience;
  }

  /** Whether its gate is to be open, as was said last. */
  boolean gate() {
    return gateAsked;
  }

  /**
   * Opens or closes the gate at the next step: closed, it is silent and its source stays where it
   * is.
   */
  void gate(boolean open) {
    gateAsked = open;
  }

  /** Its fallbacks as streams of their own, the best first. */
  List<StreamLine> fallbacks() {
    return standby == null ? List.of() : standby.lines();
  }

  // --- the conductor ----------------------------------------------------------------------------

  SourceLink link() {
    return link;
  }

  /** As a fallback: is rendered until an instant, as if somebody listened so early. */
  void wanted(long untilMicros, long lead) {
    heardUntil = Math.max(heardUntil, untilMicros);
    audience.otherLead(lead);
  }

  void command(TransportCommand command, CompletableFuture<CommandResult> answer) {
    if (transport != null) {
      transport.command(command, answer, now);
    } else if (player != null) {
      player.command(command, answer);
    } else if (live != null) {
      answer.complete(
          new Refused(Why.NOT_CONTROLLABLE, "live audio cannot be paused, skipped or sought"));
    } else {
      answer.complete(new Refused(Why.NOT_NOW, link.problem()));
    }
  }

  /** Tells the time, before commands and news of the source are heard. */
  void time(long nowMicros) {
    now = nowMicros;
    gateOpen = gateAsked;
    link.time(nowMicros);
    fallbacks().forEach(line -> line.time(nowMicros));
  }

  /**
   * Does what is due.
   *
   * @return when to come again
   */
  long step() {
    watch.begin(now);
    Renderer r = renderer();
    long wake = link.step();
    long lead = audience.lead();
    r.horizonMicros(audience.horizon());
    r.standInAhead(Math.max(0, lead - 2 * r.grid().blockMicros()));
    if (!audience.isEmpty()) {
      heardUntil = now + timing.grace();
    }
    boolean heard = now < heardUntil;
    if (live != null) {
      live.gate(gateOpen);
      wake = Math.min(wake, live.step(now, lead, delay));
      if (live.sounding()) {
        link.delivers();
      }
    }
    if (onDemand != null && transport != null) {
      transport.gate(gateOpen, now);
      wake = Math.min(wake, onDemand.step(now, heard, audience));
      wake = Math.min(wake, transport.step(now));
      anchors.inHand(Math.min(audience.depth(), r.endMicros() - now), now);
      wake = Math.min(wake, anchors.step(now, r, onDemand, transport));
      wake = Math.min(wake, watch.starves(onDemand.starved(), now));
    }
    if (standby != null) {
      wake = Math.min(wake, standInOn(standby, r, heard, lead));
    }
    if (timeline.limit() != toldLimit) {
      toldLimit = timeline.limit();
      audience.ready();
    }
    timeline.forgetBefore(now - timing.past());
    r.hearing().forgetBefore(now);
    wake = Math.min(wake, r.hearing().nextAfter(now));
    wake = Math.min(wake, r.hearing().nextAfter(now + lead) - lead);
    return heard && audience.isEmpty() ? Math.min(wake, heardUntil) : wake;
  }

  /** Keeps the fallbacks ready while they may be needed, and tells when one sounds. */
  private long standInOn(Standby others, Renderer r, boolean heard, long lead) {
    long wake = Long.MAX_VALUE;
    if (heard && gateOpen && (failing() || watch.troubled(now, lead))) {
      others.alert(now, lead);
      wake = now + ALERT_EVERY;
    }
    if (heard && live != null) {
      long overdue = live.overdueAt();
      wake = Math.min(wake, now < overdue ? overdue : Long.MAX_VALUE);
    }
    if (heard && live == null && onDemand == null) {
      long reserve = Math.min(timing.reserve(), lead / 4);
      wake = Math.min(wake, r.restOn(now, reserve, timing.restKept()));
      wake = Math.min(wake, watch.missesAt(now));
    }
    if (r.standingIn() != (stoodInSince != Long.MAX_VALUE)) {
      tellStandIn(others, r.standingIn());
    }
    return Math.min(wake, others.step());
  }

  private void tellStandIn(Standby others, boolean begins) {
    if (begins) {
      stoodInSince = now;
      LOG.log(
          Level.WARNING,
          "stream {0}: {1}; {2} plays in its place",
          id(),
          watch.problem(now).isEmpty() ? "its source delivers no audio" : watch.problem(now),
          others.playing());
    } else {
      LOG.log(
          Level.INFO,
          "stream {0}: its fallback ends after {1} s",
          id(),
          (now - stoodInSince) / 1_000_000);
      stoodInSince = Long.MAX_VALUE;
    }
  }

  private boolean failing() {
    return gateOpen && watch.failing(now, renderer().standingIn());
  }

  /** Whether its source was opened, or could not be. */
  boolean begun() {
    return live != null || onDemand != null || link.failed();
  }

  /** Stores the anchor and lets the source go. */
  void close(long nowMicros) {
    now = nowMicros;
    if (renderer != null && onDemand != null && transport != null) {
      anchors.close(now, renderer, onDemand, transport);
    }
    link.close();
    if (standby != null) {
      standby.close(now);
    }
  }

  private Renderer renderer() {
    if (renderer == null) {
      // A fallback has the borders of the stream it stands in for.
      long epoch = instead == null ? anchors.epoch(now) : instead.renderer().grid().epochMicros();
      renderer = new Renderer(config, timing, timeline, epoch);
      if (standby != null) {
        renderer.standBy(standby, this::failing);
      }
    }
    return renderer;
  }

  // --- the source -------------------------------------------------------------------------------

  @Override
  public void attachOnDemand(RemoteSource source) {
    OnDemandFeed feed = onDemand;
    Transport t = transport;
    if (feed == null || t == null) {
      live = null;
      feed = new OnDemandFeed(timing, timeline, renderer());
      t = new Transport(feed);
      onDemand = feed;
      transport = t;
      anchors.restore(t, now);
    }
    watch.attached(feed, t);
    t.attach(source);
    feed.attach(source);
    anchors.attach(source);
  }

  @Override
  public void attachLive(LiveInput input) {
    if (live == null) {
      onDemand = null;
      transport = null;
      live =
          new LiveFeed(
              config,
              timing,
              renderer(),
              LiveOptions.idleMicros(config.uri()),
              LiveOptions.silence(config.uri()),
              standby != null);
    }
    live.attach(input);
    watch.attached(live, now);
  }

  @Override
  public void attachPlayer(PlayerLink newPlayer) {
    player = newPlayer;
  }

  @Override
  public void detach() {
    player = null;
    if (live != null) {
      live.detach();
    }
    if (onDemand != null && transport != null) {
      onDemand.detach();
      transport.detach();
      anchors.detach();
    }
  }

  @Override
  public void onEvent(SourceEvent event) {
    if (onDemand == null || transport == null) {
      return;
    }
    switch (event) {
      case SourceEvent.Arrived arrived -> {
        onDemand.onArrived(arrived);
        transport.proceed(now);
      }
      case SourceEvent.Delivered delivered -> {
        onDemand.onDelivered(delivered);
        link.delivers();
      }
      case SourceEvent.Navigated navigated -> transport.onNavigated(navigated, now);
    }
  }

  // --- status -----------------------------------------------------------------------------------

  /**
   * Publishes the stream as it is now.
   *
   * @return the status before, or null if nothing changed
   */
  @Nullable StreamStatus publish() {
    StreamStatus before = status;
    StreamStatus next = statusNow();
    if (next.equals(before)) {
      return null;
    }
    status = next;
    return before;
  }

  private long underruns() {
    return (live == null ? 0 : live.underruns()) + (onDemand == null ? 0 : onDemand.underruns());
  }

  /** How it does, as of the last step. */
  StreamHealth health() {
    LiveFeed feed = live;
    long end = renderer().endMicros();
    return new StreamHealth(
        config.id(),
        feed != null ? "live" : onDemand != null ? "on demand" : "none",
        status.activity() == StreamStatus.Activity.PLAYING,
        audience.size(),
        renderer().asleep() ? 0 : Math.max(0, end - now) / 1000,
        feed == null ? 0 : feed.queuedFrames() * 1000L / config.format().rate(),
        feed == null ? 0 : feed.framesPerSecond(now),
        feed == null ? Clocking.RESTING : feed.clocking(),
        feed == null ? 0 : feed.clockPpm(),
        underruns(),
        problem());
  }

  private StreamStatus statusNow() {
    StreamStatus own = ownStatus();
    return stoodInSince == Long.MAX_VALUE ? own : own.withActivity(StreamStatus.Activity.PLAYING);
  }

  private StreamStatus ownStatus() {
    Renderer r = renderer();
    if (onDemand != null && transport != null) {
      return report.onDemand(now, r, onDemand, transport, problem());
    }
    return report.live(
        now, audience.lead(), r, live, player == null ? null : player.state(), problem());
  }

  private String problem() {
    if (!gateOpen) {
      return "its gate is closed (playing = false)";
    }
    return standby == null || stoodInSince == Long.MAX_VALUE
        ? watch.problem(now)
        : watch.problem(now) + "; " + standby.playing() + " plays in its place";
  }
}
