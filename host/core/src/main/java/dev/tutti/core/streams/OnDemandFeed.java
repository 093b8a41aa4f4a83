package dev.tutti.core.streams;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Renders an on-demand source ahead of time: reads on, splices in what was asked for elsewhere,
 * survives a source that is late, hangs or is replaced. Used by the conductor only.
 *
 * <p>Until the first blocks of a new place are there, what is rendered sounds on. While nobody
 * listens nothing is read: the place runs on by the clock, and the source is sent there when
 * somebody comes.
 */
final class OnDemandFeed {
  private static final long SETTLE_EVERY = 10_000_000;

  /** A source that leaves less than this in hand may be about to fail. */
  private static final long ENOUGH = 2_000_000;

  private enum Phase {
    /** Silence: paused, stopped, over. */
    RESTING,
    /** Waiting for the first blocks from the goal; what was rendered before sounds on. */
    FETCHING,
    /** Reading on. */
    STEADY
  }

  private final StreamTiming timing;
  private final Timeline timeline;
  private final Renderer renderer;
  private final BlockGrid grid;
  private final ReadAhead readAhead;
  private final SourceReader reader = new SourceReader();
  private final Join join;

  private Phase phase = Phase.FETCHING;
  private Place goal = Place.UNKNOWN; // where it rests, heads for, or is after all delivered
  private boolean anywhere = true; // the goal is wherever a new source stands
  private boolean asked; // the source was sent to the goal
  private boolean clocked; // the goal is due at the renderer's end, and runs on by the clock
  private boolean settles = true; // the source can follow the clock without reading
  private boolean settling; // it was asked to
  private boolean missing; // audio ran out while it sounded
  private long underruns;
  private boolean beginning; // little is rendered yet
  private boolean heard;
  private long depth;
  private boolean announced; // a command leads to the goal
  private long audibleAt = Long.MAX_VALUE; // when the goal is heard
  private Optional<Place> arrived = Optional.empty();

  OnDemandFeed(StreamTiming timing, Timeline timeline, Renderer renderer) {
    this.timing = timing;
    this.timeline = timeline;
    this.renderer = renderer;
    this.grid = renderer.grid();
    this.join = new Join(renderer, reader, grid.blocksIn(timing.spliceWith()));
    this.readAhead = new ReadAhead(timing.ahead(), renderer, reader);
  }

  // --- the source comes and goes ----------------------------------------------------------------

  /** Goes on with a source: at the end of what is rendered, or wherever it was to go. */
  void attach(RemoteSource source) {
    reader.attach(source);
    if (anywhere) {
      goal = source.start();
    }
    asked = false;
    settles = true;
    settling = false;
    if (phase != Phase.FETCHING || !heard) {
      reader.go(token(), 0, false); // also to learn what it plays there
    }
  }

  /** The source is gone; what is rendered sounds on. */
  void detach() {
    reader.attach(null);
    asked = false;
    settling = false;
  }

  boolean attached() {
    return reader.attached();
  }

  // --- where to ---------------------------------------------------------------------------------

  /**
   * Plays from a place, crossing over from whatever sounds.
   *
   * @param parallel the rendered block the place belongs to, if what follows may be the same as
   *     what is rendered; else −1
   */
  void seek(Place to, long parallel) {
    fetch(to);
    anywhere = false;
    join.parallelTo(parallel);
    announced = parallel < 0;
    arrived = Optional.empty();
    audibleAt = Long.MAX_VALUE;
  }

  /** Plays on from where it rests. */
  void resume() {
    fetch(goal);
  }

  /**
   * Plays on after a restart.
   *
   * @param sinceMicros when the place was audible, if the clock went on meanwhile; null to go on
   *     where it was
   */
  void restore(Place place, @Nullable Long sinceMicros) {
    fetch(place);
    anywhere = false;
    if (sinceMicros != null) {
      renderer.continueAt(grid.indexAtOrAfter(sinceMicros));
      clocked = true;
      join.restart(false);
    }
  }

  /** Rests at a place without playing it. */
  void restAt(Place place) {
    phase = Phase.RESTING;
    missing = false;
    goal = place;
    anywhere = false;
    clocked = false;
    announced = false;
    reader.go(token(), 0, false);
  }

  /** Fades out as soon as that can be heard, and rests at the frame where it did. */
  void rest(long now) {
    boolean heading = phase == Phase.FETCHING && !clocked;
    long skip = clocked ? framesSince(renderer.nextIndex(), now) : 0;
    Slot at = renderer.asleep() ? null : renderer.rest(now);
    phase = Phase.RESTING;
    missing = false;
    clocked = false;
    announced = false;
    if (!heading && at != null && !at.marks().isEmpty()) {
      goal = at.marks().getFirst().place();
      reader.supersede();
    } else {
      reader.go(token(), skip, false);
    }
  }

  private void fetch(Place to) {
    reader.supersede();
    phase = Phase.FETCHING;
    goal = to;
    asked = false;
    clocked = false;
    settling = false;
    join.restart(true);
    announced = false;
  }

  // --- what others want to know -----------------------------------------------------------------

  /**
   * The block from which on audio can still be replaced, if it is rendered and was not commanded
   * away: its place is where commands go out from.
   */
  @Nullable Slot changeable(long now) {
    if (phase != Phase.STEADY || renderer.asleep()) {
      return null;
    }
    Slot slot = timeline.slot(renderer.spliceAt(now, 1));
    return slot == null || slot.marks().isEmpty() ? null : slot;
  }

  /** Where it rests, or heads for, or what comes after all that is rendered. */
  Place goal() {
    return goal;
  }

  /** The commanded place while it is not yet heard, once it is known. */
  Optional<Place> pending(long now) {
    return announced && now < audibleAt ? arrived : Optional.empty();
  }

  /** The instant at which the goal was or is due, if nobody listens and the clock leads. */
  boolean clocked() {
    return clocked;
  }

  /** Whether all has been heard and nothing comes any more. */
  boolean over(long now) {
    return phase == Phase.STEADY
        && reader.ended()
        && renderer.resting()
        && now >= renderer.restSince();
  }

  /** Whether it should sound but does not, for want of audio. */
  boolean starved() {
    return phase == Phase.FETCHING && heard && renderer.resting() && !clocked;
  }

  /** Whether it waits for the first audio of a place. */
  boolean fetching() {
    return phase == Phase.FETCHING;
  }

  /** Whether it has run out of audio, and has not got any since. */
  boolean missing() {
    return missing;
  }

  /** Whether it reads on with less in hand than a healthy source keeps. */
  boolean scarce(long now, long lead) {
    return phase == Phase.STEADY
        && !reader.ended()
        && !renderer.asleep()
        && renderer.endMicros() - now < lead + ENOUGH;
  }

  /** How often audio was missing while it sounded. */
  long underruns() {
    return underruns;
  }

  // --- what the source answers ------------------------------------------------------------------

  void onArrived(SourceEvent.Arrived answer) {
    if (!reader.current(answer.generation())) {
      return;
    }
    switch (phase) {
      case RESTING -> goal = answer.place();
      case FETCHING -> {
        arrived = Optional.of(answer.place());
        if (settling) {
          settled(answer);
        } else if (!asked) {
          goal = answer.place();
        }
      }
      case STEADY -> {}
    }
  }

  void onDelivered(SourceEvent.Delivered answer) {
    if (!reader.current(answer.generation())) {
      return;
    }
    reader.take(answer);
    if (phase == Phase.STEADY) {
      appendFresh();
    }
  }

  private void appendFresh() {
    reader.fresh().forEach(renderer::append);
    reader.fresh().clear();
    goal = reader.next();
    anywhere = false;
    if (reader.ended() && !renderer.asleep()) {
      renderer.appendRest(1);
    }
  }

  // --- going on ---------------------------------------------------------------------------------

  /**
   * Does what is due.
   *
   * @param isHeard whether anybody listens
   * @param audience how far ahead listeners need audio
   * @return when to come again
   */
  long step(long now, boolean isHeard, Audience audience) {
    long lead = audience.committed();
    depth = audience.depth();
    long reserve = Math.max(Math.min(timing.reserve(), lead / 4), audience.horizon());
    boolean back = isHeard && !heard && now >= renderer.endMicros() - 2 * reserve;
    heard = isHeard;
    if (!renderer.asleep() && phase == Phase.STEADY && !reader.ended() && back) {
      leaveToTheClock();
    } else if (!heard && !renderer.asleep() && now >= renderer.endMicros()) {
      leaveToTheClock();
    }
    return switch (phase) {
      case RESTING -> heard ? renderer.restOn(now, reserve, timing.restKept()) : Long.MAX_VALUE;
      case FETCHING -> fetchOn(now, lead, reserve);
      case STEADY -> readOn(now, lead, reserve);
    };
  }

  private void leaveToTheClock() {
    renderer.sleep();
    if (phase == Phase.STEADY && !reader.ended()) {
      fetch(goal);
      clocked = true;
    }
  }

  private long fetchOn(long now, long lead, long reserve) {
    boolean wanted = heard || !renderer.asleep();
    if (wanted && !asked && reader.attached()) {
      ask(now);
    }
    long joined = asked ? join.step(now, reserve) : Join.NOT_YET;
    if (joined != Join.NOT_YET) {
      audibleAt = joined;
      missing = false;
      appendFresh();
      phase = Phase.STEADY;
      clocked = false;
      beginning = true;
      readAhead.restart(now);
      return readOn(now, lead, reserve);
    }
    return soundOn(now, reserve);
  }

  /** Sends the source to the goal, as far on as the clock has gone. */
  private void ask(long now) {
    asked = true;
    settling = false;
    if (clocked) {
      join.byClock(Math.max(grid.indexAtOrAfter(now), renderer.nextIndex()));
    }
    reader.go(token(), clocked ? framesSince(renderer.nextIndex(), now) : 0, false);
    reader.read(join.least());
  }

  /** Keeps the old audio, or silence, going while new audio is on its way. */
  private long soundOn(long now, long reserve) {
    if (!heard) {
      return renderer.asleep() ? settle(now) : Math.max(now + 1, renderer.endMicros());
    }
    if (!renderer.asleep() && !renderer.resting()) {
      if (now < renderer.endMicros() - reserve) {
        return renderer.endMicros() - reserve;
      }
      renderer.fadeTail(grid.chunkFrames());
    }
    return renderer.restOn(now, reserve, timing.restKept());
  }

  private long readOn(long now, long lead, long reserve) {
    if (!heard) {
      return renderer.asleep() ? Long.MAX_VALUE : Math.max(now + 1, renderer.endMicros());
    }
    if (reader.ended()) {
      long rest = renderer.restOn(now, reserve, timing.restKept());
      return renderer.restSince() > now ? Math.min(rest, renderer.restSince()) : rest;
    }
    // A beginning has little in hand, and more is on its way: it may use what it has.
    long spare = renderer.endMicros() - now;
    beginning &= spare < 2 * reserve;
    long least = beginning ? Math.min(reserve, 2 * timing.hold()) : reserve;
    if (spare > least) {
      return Math.min(renderer.endMicros() - least, readAhead.step(now, lead, depth));
    }
    starve();
    return soundOn(now, reserve);
  }

  /** Audio is missing: what is on its way will be spliced in when it comes. */
  private void starve() {
    underruns++;
    missing = true;
    phase = Phase.FETCHING;
    asked = reader.requested() > 0;
    join.restart(true);
    announced = false;
  }

  // --- nobody listens ---------------------------------------------------------------------------

  /** Lets a source that can do so without reading follow the clock, now and then. */
  private long settle(long now) {
    if (!clocked || !settles || !reader.attached()) {
      return Long.MAX_VALUE;
    }
    if (now >= renderer.endMicros() + SETTLE_EVERY) {
      follows(now);
      return now + SETTLE_EVERY;
    }
    return renderer.endMicros() + SETTLE_EVERY;
  }

  /**
   * Sends the source to where the clock is, if nobody listens and that is cheap.
   *
   * @return whether it is on its way; the goal is right when it has arrived
   */
  boolean follows(long now) {
    long behind = framesSince(renderer.nextIndex(), now);
    if (clocked && settles && !asked && !settling && behind > 0 && reader.attached()) {
      settling = true;
      reader.go(token(), behind, true);
    }
    return settling;
  }

  private void settled(SourceEvent.Arrived answer) {
    settling = false;
    settles = answer.skipped() > 0;
    if (settles) {
      goal = answer.place();
      renderer.continueAt(renderer.nextIndex() + answer.skipped() / grid.chunkFrames());
    }
  }

  private Optional<String> token() {
    return anywhere ? Optional.empty() : Optional.of(goal.token());
  }

  /** Frames from a border to the first border at or after now. */
  private long framesSince(long index, long now) {
    return Math.max(0, grid.indexAtOrAfter(now) - index) * grid.chunkFrames();
  }
}
