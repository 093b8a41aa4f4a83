package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.audio.dsp.Fade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream's timeline: gives chunks their place in time, keeps the end back so that it can
 * be faded out, splices, rests. Used by the conductor only.
 *
 * <p>While blocks follow each other without a jump the renderer is <em>awake</em>; it falls
 * <em>asleep</em> when a rest has lasted or nobody listens, and the next block then begins anew, on
 * the same grid of borders.
 */
final class Renderer {
  private final SampleFormat format;
  private final BlockGrid grid;
  private final Timeline timeline;
  private final Hearing hearing = new Hearing();
  private final Fade fade;
  private final BlockMixer mixer;
  private final int holdBlocks;

  private long next; // the border the next block begins at
  private boolean asleep = true;
  private boolean follows;
  private boolean resting = true;
  private long restSince;
  private int fadeInAt = Integer.MAX_VALUE;
  private long horizonMicros;

  private @Nullable Standby standby;
  private BooleanSupplier failing = () -> false;
  private long standInAhead; // how far a fallback is rendered
  private boolean standingIn; // the last block is a fallback's
  private int standInFrames; // how much of it was given since it began after silence
  private int backAt = Integer.MAX_VALUE; // frames since the stream's own source came back

  Renderer(StreamConfig config, StreamTiming timing, Timeline timeline, long epochMicros) {
    this.format = config.format();
    this.grid = new BlockGrid(format.rate(), config.chunkFrames(), epochMicros);
    this.timeline = timeline;
    this.fade = new Fade(grid.framesIn(timing.fade()), Fade.Curve.EQUAL_POWER);
    this.mixer = new BlockMixer(format, grid, timeline, fade);
    this.holdBlocks = grid.blocksIn(timing.hold());
    this.next = Long.MIN_VALUE / grid.chunkFrames();
  }

  BlockGrid grid() {
    return grid;
  }

  Hearing hearing() {
    return hearing;
  }

  /** The border at which the next block begins, or the first after the last block if asleep. */
  long nextIndex() {
    return next;
  }

  /** The instant of {@link #nextIndex}. */
  long endMicros() {
    return next < 0 ? Long.MIN_VALUE : grid.timeOf(next);
  }

  boolean asleep() {
    return asleep;
  }

  /** Whether the last block rendered is silence of a rest. */
  boolean resting() {
    return resting;
  }

  /** Since when it rests, if it does. */
  long restSince() {
    return restSince;
  }

  /**
   * Has a fallback sound where otherwise there would be silence.
   *
   * @param whenFailing whether the source should play and does not; asked whenever silence would
   *     begin
   */
  void standBy(Standby fallbacks, BooleanSupplier whenFailing) {
    standby = fallbacks;
    failing = whenFailing;
  }

  /** Sets how far from now a fallback is rendered. */
  void standInAhead(long micros) {
    standInAhead = micros;
  }

  /** Whether the last block rendered is a fallback's; {@link #resting} is true meanwhile. */
  boolean standingIn() {
    return standingIn;
  }

  /** Says where the next block would have begun before a restart. */
  void continueAt(long index) {
    next = index;
  }

  /** The block that is audible at an instant, or null if none is or the stream rests. */
  @Nullable Slot audibleAt(long micros) {
    Slot slot = timeline.slot(timeline.sequenceAt(micros + 1) - 1);
    boolean sounds =
        slot != null && !slot.marks().isEmpty() && micros < slot.timeMicros() + grid.blockMicros();
    return sounds ? slot : null;
  }

  // --- going on ---------------------------------------------------------------------------------

  /** Stops rendering; what is rendered can all be taken. */
  void sleep() {
    asleep = true;
    endStandIn();
    timeline.release(timeline.end());
  }

  /**
   * Begins anew at the first border at or after an instant, but not before what is rendered.
   *
   * @return the border
   */
  long wakeAt(long micros) {
    long index = Math.max(grid.indexAtOrAfter(micros), next);
    follows = index == next && timeline.end() > 0;
    next = index;
    asleep = false;
    resting = true; // so that the first audible block is noted
    restSince = endMicros();
    return index;
  }

  /** Fades in what comes next. */
  void fadeIn() {
    fadeInAt = 0;
  }

  /** Adds audio. The chunk's samples belong to the timeline afterwards. */
  void append(Chunk chunk) {
    appendHeld(chunk);
    timeline.release(timeline.end() - holdBlocks);
  }

  /** Adds audio, but lets nothing more be taken: it is the last and may have to be faded out. */
  void appendHeld(Chunk chunk) {
    int exactBits = chunk.exactBits();
    if (standingIn) {
      backAt = 0;
      fadeInAt = Integer.MAX_VALUE;
    }
    if (backAt < fade.frames()) {
      comeBack(chunk);
      exactBits = 0;
    } else if (fadeInAt < fade.frames()) {
      fade.fadeIn(chunk.samples(), 0, grid.chunkFrames(), format.channels(), fadeInAt);
      fadeInAt += grid.chunkFrames();
      exactBits = 0;
    }
    hearing.note(grid, next, chunk.marks(), resting);
    Chunk faded = new Chunk(chunk.samples(), exactBits, chunk.marks());
    put(mixer.audio(timeline.end(), next, follows, faded));
    resting = false;
    if (backAt >= fade.frames()) {
      endStandIn();
    } else {
      standingIn = false;
    }
  }

  /** Crosses from the fallback to what the source delivers again. */
  private void comeBack(Chunk chunk) {
    TimedBlock old = standby == null ? null : standby.take(endMicros());
    float[] samples = chunk.samples();
    if (old == null) {
      fade.fadeIn(samples, 0, grid.chunkFrames(), format.channels(), backAt);
    } else {
      fade.cross(old.samples(), 0, samples, 0, grid.chunkFrames(), format.channels(), backAt);
    }
    backAt += grid.chunkFrames();
  }

  /** Adds silence, or a fallback in its place, and with it lets everything before be taken. */
  void appendRest(int blocks) {
    if (!resting) {
      beginRest(endMicros());
    }
    for (int i = 0; i < blocks; i++) {
      TimedBlock other =
          failing.getAsBoolean() && standby != null ? standby.take(endMicros()) : null;
      if (other == null) {
        fadeStandIn();
        put(mixer.rest(timeline.end(), next, follows));
      } else {
        standIn(other);
      }
    }
    // The end of a fallback is held back as well, so that it can be crossed with what follows it.
    timeline.release(timeline.end() - (standingIn ? holdBlocks : 0));
  }

  /** The fallback has no more: silence follows it. */
  private void fadeStandIn() {
    int held = (int) (timeline.end() - timeline.limit());
    if (standingIn && held > 0) {
      replace(timeline.limit(), mixer.fadedTail(timeline.limit(), held * grid.chunkFrames()));
    }
    endStandIn();
  }

  private void standIn(TimedBlock other) {
    TimedBlock shown = other;
    if (standInFrames < fade.frames()) {
      shown = mixer.fadedIn(other, standInFrames);
      standInFrames += grid.chunkFrames();
    }
    put(mixer.standIn(timeline.end(), next, follows, shown));
    standingIn = true;
  }

  private void endStandIn() {
    standingIn = false;
    standInFrames = 0;
    backAt = Integer.MAX_VALUE;
    if (standby != null) {
      standby.release();
    }
  }

  /** Lets a fallback sound as far ahead as it is needed; what it cannot give is silence. */
  private long standInOn(long now, long reserve) {
    if (asleep) {
      wakeAt(now + reserve);
    }
    while (endMicros() < now + standInAhead
        && (endMicros() < now + reserve || (standby != null && standby.sounds(endMicros())))) {
      appendRest(1);
    }
    return Math.max(now + 1, endMicros() - Math.max(reserve, standInAhead) + 1);
  }

  /**
   * Rests on: adds silence as far as it is needed, and falls asleep when there was enough of it.
   *
   * @param reserve how far from now silence is to reach
   * @param kept how long a rest is rendered
   * @return when to come again
   */
  long restOn(long now, long reserve, long kept) {
    if (failing.getAsBoolean()) {
      return standInOn(now, reserve);
    }
    if (asleep) {
      return Long.MAX_VALUE;
    }
    if (standingIn && rest(now) == null) {
      endStandIn();
      beginRest(endMicros());
    }
    boolean stale = endMicros() < now - kept;
    if (stale || (resting && endMicros() >= restSince + kept)) {
      sleep();
      return Long.MAX_VALUE;
    }
    while (endMicros() < now + reserve) {
      appendRest(1);
    }
    return endMicros() - reserve + 1;
  }

  /**
   * Fades out what is held back, because nothing comes, and rests.
   *
   * @param lastFrames how many frames of the last block are audio
   */
  void fadeTail(int lastFrames) {
    int held = (int) (timeline.end() - timeline.limit());
    if (resting || held == 0) {
      return;
    }
    int audio = (held - 1) * grid.chunkFrames() + lastFrames;
    List<TimedBlock> other = failing.getAsBoolean() ? standIns(held) : List.of();
    if (other.isEmpty()) {
      replace(timeline.limit(), mixer.fadedTail(timeline.limit(), audio));
    } else {
      replace(timeline.limit(), mixer.crossedTail(timeline.limit(), audio, other));
      standInFrames = fade.frames();
    }
    appendRest(1);
  }

  /** A fallback's sound for the last blocks; none if it has not got it all. */
  private List<TimedBlock> standIns(int blocks) {
    List<TimedBlock> all = new ArrayList<>(blocks);
    for (int i = blocks; i > 0 && standby != null; i--) {
      TimedBlock block = standby.take(grid.timeOf(next - i));
      if (block == null) {
        return List.of();
      }
      all.add(block);
    }
    return all;
  }

  // --- revoking ---------------------------------------------------------------------------------

  /** How long before they are heard blocks are committed, though nobody took them. */
  void horizonMicros(long horizon) {
    horizonMicros = horizon;
  }

  /**
   * Where other audio could begin soonest: the first block that nobody took and that is not to be
   * heard within the horizon, and a few more, so that mixing has time.
   */
  long spliceAt(long now, int margin) {
    long taken = timeline.taken() + 1;
    long soonest =
        Math.max(
            taken + margin, timeline.sequenceAt(now + Math.max(horizonMicros, grid.blockMicros())));
    // What is held back is there to be faded out.
    long latest = resting && !standingIn ? timeline.end() : timeline.end() - holdBlocks;
    return Math.max(taken, Math.min(soonest, latest));
  }

  /**
   * Puts chunks in the place of what is rendered but not taken, crossing over. Awake only.
   *
   * @param parallelTo the rendered block the first chunk is another version of, so that chunks that
   *     came too late are left out; or −1 to begin with the first in any case
   * @param least how many chunks must be left for that
   * @return the instant from which the new audio is heard, or −1 if there are too few chunks
   */
  long splice(long now, List<Chunk> chunks, long parallelTo, int least) {
    for (int margin = 1; ; margin *= 2) {
      long at = Math.max(spliceAt(now, margin), parallelTo);
      int late = parallelTo < 0 ? 0 : (int) (at - parallelTo);
      if (chunks.size() - late < least) {
        return -1;
      }
      List<Chunk> fresh = chunks.subList(late, chunks.size());
      Slot first = timeline.slot(at);
      long index = first == null ? next : grid.indexAtOrAfter(first.timeMicros());
      boolean joined = first == null ? follows : first.block().follows();
      List<Slot> slots = mixer.crossed(at, index, joined, fresh);
      if (timeline.replaceFrom(at, slots, Math.max(at, at + slots.size() - holdBlocks))) {
        hearing.cutFrom(slots.getFirst().timeMicros());
        resting = true; // so that the new place is noted, also within the same track
        for (int i = 0; i < slots.size(); i++) {
          hearing.note(grid, index + i, slots.get(i).marks(), resting);
          resting = false;
        }
        next = index + slots.size();
        follows = true;
        fadeInAt = Integer.MAX_VALUE;
        endStandIn();
        return slots.getFirst().timeMicros();
      }
    }
  }

  /**
   * Fades out and rests as soon as that can be heard. Awake only.
   *
   * @return the block at which it fades out: the place to come back to; null if it rests already
   */
  @Nullable Slot rest(long now) {
    for (int margin = 1; ; margin *= 2) {
      long at = spliceAt(now, margin);
      Slot first = timeline.slot(at);
      if (first == null || first.block().rest()) {
        return null;
      }
      long index = grid.indexAtOrAfter(first.timeMicros());
      List<Slot> slots = mixer.fadedOut(at, index);
      if (timeline.replaceFrom(at, slots, at + slots.size())) {
        hearing.cutFrom(first.timeMicros() + 1);
        next = index + slots.size();
        follows = true;
        endStandIn();
        beginRest(first.timeMicros());
        return first;
      }
    }
  }

  /** A chunk of silence that belongs to a place. */
  Chunk silence(Place place) {
    return mixer.silence(place);
  }

  // --- blocks -----------------------------------------------------------------------------------

  private void put(Slot slot) {
    timeline.append(slot);
    next++;
    follows = true;
  }

  /** Exchanges blocks that cannot be taken yet. */
  private void replace(long from, List<Slot> slots) {
    if (!timeline.replaceFrom(from, slots, from)) {
      throw new IllegalStateException("block " + from + " was taken while it was held back");
    }
  }

  private void beginRest(long micros) {
    hearing.rest(micros);
    resting = true;
    restSince = micros;
  }
}
