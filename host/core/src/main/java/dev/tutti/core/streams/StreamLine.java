package dev.tutti.core.streams;

import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TransportCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its timeline, its listeners, its source and the way that is rendered. Its program has
 * one source; what follows another one when that fails will be chosen here. Used by the conductor
 * only, except where a method says otherwise.
 */
final class StreamLine implements SourceLink.User {
  /** A source that is missing for so long is a problem worth showing. */
  private static final long MISSED = 1_000_000;

  private static final long IDLE_THRESHOLD_MS = 100;
  private static final long LEAST_IDLE_MS = 10;

  private final StreamConfig config;
  private final StreamTiming timing;
  private final Timeline timeline = new Timeline();
  private final SourceLink link;
  private final AnchorKeeper anchors;
  private final List<StreamTap> taps = new CopyOnWriteArrayList<>();
  private final StatusReport report;
  private volatile StreamStatus status;

  private @Nullable Renderer renderer;
  private @Nullable LiveFeed live;
  private @Nullable PlayerLink player;
  private @Nullable OnDemandFeed onDemand;
  private @Nullable Transport transport;
  private long heardUntil = Long.MIN_VALUE;
  private long starvedSince = Long.MAX_VALUE;
  private long toldLimit;
  private long now;

  StreamLine(
      StreamConfig config,
      StreamTiming timing,
      SourceExecutor executor,
      Mailbox mailbox,
      AnchorStore store) {
    this.config = config;
    this.timing = timing;
    this.link = new SourceLink(config, executor, mailbox, this);
    this.anchors = new AnchorKeeper(config, timing, store);
    this.report = new StatusReport(config);
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

  void add(StreamTap tap) {
    taps.add(tap);
  }

  void remove(StreamTap tap) {
    taps.remove(tap);
  }

  // --- the conductor ----------------------------------------------------------------------------

  SourceLink link() {
    return link;
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
    link.time(nowMicros);
  }

  /**
   * Does what is due.
   *
   * @return when to come again
   */
  long step() {
    Renderer r = renderer();
    long wake = link.step();
    long lead = lead();
    if (!taps.isEmpty()) {
      heardUntil = now + timing.grace();
    }
    boolean heard = now < heardUntil;
    if (live != null) {
      wake = Math.min(wake, live.step(now, lead));
      if (live.sounding()) {
        link.delivers();
      }
    }
    if (onDemand != null && transport != null) {
      wake = Math.min(wake, onDemand.step(now, heard, lead));
      wake = Math.min(wake, transport.step(now));
      wake = Math.min(wake, anchors.step(now, r, onDemand, transport));
      wake = Math.min(wake, watchStarving(onDemand.starved()));
    }
    if (timeline.limit() != toldLimit) {
      toldLimit = timeline.limit();
      taps.forEach(StreamTap::ready);
    }
    timeline.forgetBefore(now - timing.past());
    r.hearing().forgetBefore(now);
    wake = Math.min(wake, r.hearing().nextAfter(now));
    wake = Math.min(wake, r.hearing().nextAfter(now + lead) - lead);
    return heard && taps.isEmpty() ? Math.min(wake, heardUntil) : wake;
  }

  private long lead() {
    long deepest = 0;
    for (StreamTap tap : taps) {
      deepest = Math.max(deepest, tap.wantedLead());
    }
    return deepest > 0 ? deepest : timing.defaultLead();
  }

  private long watchStarving(boolean starving) {
    if (!starving) {
      starvedSince = Long.MAX_VALUE;
      return Long.MAX_VALUE;
    }
    starvedSince = Math.min(starvedSince, now);
    return now < starvedSince + MISSED ? starvedSince + MISSED : Long.MAX_VALUE;
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
  }

  private Renderer renderer() {
    if (renderer == null) {
      renderer = new Renderer(config, timing, timeline, anchors.epoch(now));
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
    t.attach(source);
    feed.attach(source);
    anchors.attach(source);
  }

  @Override
  public void attachLive(LiveInput input) {
    if (live == null) {
      onDemand = null;
      transport = null;
      live = new LiveFeed(config, timing, renderer(), idleThreshold(), silenceThreshold());
    }
    live.attach(input);
  }

  @Override
  public void attachPlayer(PlayerLink newPlayer) {
    player = newPlayer;
  }

  private long idleThreshold() {
    return config
            .uri()
            .option("idle_threshold")
            .flatMap(StreamLine::millis)
            .map(ms -> Math.max(LEAST_IDLE_MS, ms))
            .orElse(IDLE_THRESHOLD_MS)
        * 1000;
  }

  /** Snapcast's {@code silence_threshold_percent}, of full scale; 0: zeros alone are silence. */
  private float silenceThreshold() {
    String text = config.uri().option("silence_threshold_percent").orElse("0");
    return text.matches("\\d{1,3}(\\.\\d{1,6})?") ? Math.min(1, Float.parseFloat(text) / 100) : 0;
  }

  private static Optional<Long> millis(String text) {
    return text.matches("\\d{1,6}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
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
        taps.size(),
        renderer().asleep() ? 0 : Math.max(0, end - now) / 1000,
        feed == null ? 0 : feed.queuedFrames() * 1000L / config.format().rate(),
        feed == null ? 0 : feed.framesPerSecond(now),
        feed == null ? Clocking.RESTING : feed.clocking(),
        feed == null ? 0 : feed.clockPpm(),
        underruns(),
        problem());
  }

  private StreamStatus statusNow() {
    Renderer r = renderer();
    if (onDemand != null && transport != null) {
      return report.onDemand(now, r, onDemand, transport, problem());
    }
    return report.live(now, lead(), r, live, player == null ? null : player.state(), problem());
  }

  private String problem() {
    String late = now - starvedSince >= MISSED ? "the source delivers no audio" : "";
    return link.problem().isEmpty() ? late : link.problem();
  }
}
