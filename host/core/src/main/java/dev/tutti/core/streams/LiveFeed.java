package dev.tutti.core.streams;

import dev.tutti.api.audio.Track;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders what a live source captured. Used by the conductor only.
 *
 * <p>After a rest the first block is to be heard one lead after its capture began; from then on
 * instants follow from frames alone. A feeder that is late only shortens the time its blocks have
 * to travel; not until a missing block is nearly due does silence take its place, and then the
 * feeder begins anew. One with a clock of its own is followed, see {@link DriftLoop}. One that has
 * a delay and fallbacks lets those sound until its delay is full, see {@link Filling}.
 */
final class LiveFeed {
  private static final long PATIENCE = 3_000;
  private static final int PATIENCE_PART = 256;

  private final StreamConfig config;
  private final StreamTiming timing;
  private final Renderer renderer;
  private final LiveQueue queue;
  private final DriftLoop drift;
  private final Filling filling;
  private final boolean bridged;
  private final long idleFrames;
  private final Level level;

  private final Health health = new Health();
  private boolean gateClosed;
  private boolean running;
  private boolean punctual; // blocks are there when they are due, or nearly so
  private boolean starved;
  private long lead;
  private Place place = Place.UNKNOWN;
  private long underruns;
  private long begunAt;
  private long capturedBefore;

  /**
   * @param idleMicros after so much silence the stream counts as idle
   * @param silence what is not louder is silence, full scale 1
   * @param bridged whether there is something that can sound while a delay fills
   */
  LiveFeed(
      StreamConfig config,
      StreamTiming timing,
      Renderer renderer,
      long idleMicros,
      float silence,
      boolean bridged) {
    this.config = config;
    this.timing = timing;
    this.renderer = renderer;
    this.idleFrames = renderer.grid().framesIn(idleMicros);
    this.level = new Level(config.format().channels(), silence);
    this.bridged = bridged;
    this.filling = new Filling(renderer.grid());
    this.queue = new LiveQueue(config.format());
    this.drift = new DriftLoop(config.format().rate(), LiveInput.capacityFor(config));
  }

  /** Goes on with another input once the ones before are drained. */
  void attach(LiveInput input) {
    queue.attach(input);
  }

  /** Lets the source go; what it captured is still rendered. */
  void detach() {
    queue.detach();
  }

  /** Whether there is sound, as far as it is rendered. */
  boolean sounding() {
    return running && level.silentFrames() < idleFrames;
  }

  /** Whether there is sound, but the first of it is not to be heard yet. */
  boolean filling() {
    return filling.on();
  }

  /** Whose clock its feeder keeps. */
  Clocking clocking() {
    if (!running) {
      return Clocking.RESTING;
    }
    if (drift.following()) {
      return Clocking.FOLLOWED;
    }
    return drift.paced() ? Clocking.PACED : Clocking.IN_STEP;
  }

  /** How much faster than nominal its feeder is read, in millionths; 0 unless it is followed. */
  double clockPpm() {
    return drift.ppm();
  }

  /** What comes while it is closed is thrown away, and the stream rests. */
  void gate(boolean open) {
    gateClosed = !open;
  }

  /** Whether a block is later than it ever is while all is well. */
  boolean overdue(long now) {
    return running && available() < config.chunkFrames() && now >= overdueAt();
  }

  /** When the next block will be overdue. */
  long overdueAt() {
    return running ? due() + lead / 4 : Long.MAX_VALUE;
  }

  /** Whether audio stopped coming although the feeder did not say that it rests. */
  boolean starved() {
    return starved;
  }

  /** Frames captured and not rendered. */
  long queuedFrames() {
    return queue.queued();
  }

  /** How often a block was missing although the feeder did not say that it rests. */
  long underruns() {
    return underruns;
  }

  /** How fast the feeder has delivered since it began; 0 if it rests, or has only just begun. */
  double framesPerSecond(long now) {
    long micros = now - begunAt;
    return running && micros > 1_000_000
        ? (queue.everCaptured() - capturedBefore) * 1e6 / micros
        : 0;
  }

  /**
   * Renders what is due.
   *
   * @param usualLead how long after its capture the slowest listener can have it
   * @param delay how long after its capture it is to be heard, if that is longer
   * @return when to come again, if nothing arrives before
   */
  long step(long now, long usualLead, long delay) {
    queue.drop();
    if (gateClosed) {
      return keepClosed(now, usualLead);
    }
    if (!running && renderer.standingIn()) {
      convalesce(now);
    }
    if (running && late(now)) {
      end(false);
    }
    if (!running && available() >= config.chunkFrames()) {
      begin(now, usualLead, delay);
    }
    if (filling.on() && now >= pourAt(usualLead)) {
      filling.pour(renderer);
    }
    judge(now);
    if (running) {
      watch(now);
    }
    while (running && available() >= config.chunkFrames() && due() <= now) {
      give(read(config.chunkFrames()));
    }
    long wake = await(now, Math.max(usualLead, delay));
    if (!filling.on()) {
      return wake;
    }
    long rested = renderer.restOn(now, reserve(usualLead), timing.restKept());
    return Math.min(Math.min(wake, rested), pourAt(usualLead));
  }

  private void give(Chunk chunk) {
    if (filling.on()) {
      filling.add(chunk);
    } else {
      renderer.append(chunk);
    }
  }

  /** When the fallback that sounds while the delay fills is as far ahead as it is rendered. */
  private long pourAt(long usualLead) {
    return filling.beginsMicros() - Math.max(usualLead, 2 * timing.reserve());
  }

  private long endMicros() {
    return filling.on() ? filling.endMicros() : renderer.endMicros();
  }

  /** Waits for what is next; answers when to come again. */
  private long await(long now, long wantedLead) {
    if (running && drift.measuring(now)) {
      queue.want(); // to see when it writes, not only what is there when something is due
    }
    if (running && available() >= config.chunkFrames()) {
      return due();
    }
    if (running && punctual && now < due() + patience() && !queue.feederGone()) {
      return due() + patience();
    }
    queue.want();
    if (available() >= config.chunkFrames()) {
      return now;
    }
    if (!running) {
      return renderer.restOn(now, reserve(wantedLead), timing.restKept());
    }
    if (queue.feederGone() && !filling.on()) {
      end(true);
      return renderer.restOn(now, reserve(lead), timing.restKept());
    }
    return endMicros() - reserve(lead);
  }

  private long keepClosed(long now, long wantedLead) {
    if (running) {
      end(true);
    }
    discard();
    queue.want();
    return renderer.restOn(now, reserve(wantedLead), timing.restKept());
  }

  /** A feeder that failed is heard again when it has delivered without a break for a while. */
  private void convalesce(long now) {
    if (available() >= config.chunkFrames()) {
      health.delivered(now);
      if (!health.well(now)) {
        discard();
      }
    }
  }

  private void discard() {
    while (available() >= config.chunkFrames()) {
      var _ = read(config.chunkFrames());
    }
    level.forget();
  }

  /** When the next block may be read at the earliest, so that a feeder that can is paced. */
  private long due() {
    return endMicros() - lead;
  }

  /**
   * A feeder that is ahead of what is due need not call us for each block, nor one that is a little
   * late: we look by ourselves when it is due, and once more after our patience. Any other calls.
   */
  private void judge(long now) {
    if (running && now >= due()) {
      boolean there = available() >= config.chunkFrames();
      long late = now - due();
      punctual = late < (there ? 2 * patience() : patience()) && (there || punctual);
    }
  }

  private long patience() {
    return Math.min(PATIENCE, lead / PATIENCE_PART);
  }

  private long reserve(long ofLead) {
    return Math.min(timing.reserve(), ofLead / 4);
  }

  /** Whether the next block is missing and nearly to be heard, or comes too late to be. */
  private boolean late(long now) {
    boolean missing = available() < config.chunkFrames();
    long spare = endMicros() - now;
    return spare <= (missing ? reserve(lead) : reserve(lead) / 4);
  }

  private void begin(long now, long usualLead, long delay) {
    long block = renderer.grid().blockMicros();
    lead = Math.max(Math.max(usualLead, delay), 2 * block + timing.hold());
    long at = now - block + lead;
    if (bridged && at > now + Math.max(usualLead, 2 * timing.reserve()) + block) {
      filling.begin(renderer.grid().indexAtOrAfter(at));
    } else if (renderer.asleep()) {
      renderer.wakeAt(at);
    } else {
      long gap = renderer.grid().indexAtOrAfter(at) - renderer.nextIndex();
      renderer.appendRest((int) Math.max(0, gap));
    }
    if (starved) {
      renderer.fadeIn();
    }
    begunAt = now;
    capturedBefore = queue.everCaptured();
    running = true;
    starved = false;
    level.forget();
  }

  /**
   * Renders what is left and rests.
   *
   * @param said whether the feeder said so: then what it wrote last is its own affair, unless it
   *     breaks off in the middle of a sound
   */
  private void end(boolean said) {
    // Before the tail is faded, because then it is asked what follows it.
    running = false;
    starved = !said;
    filling.drop();
    int left = Math.min(available(), config.chunkFrames() - 1);
    if (left > 0) {
      renderer.appendHeld(read(left));
    }
    if (said && level.mayBreakOff()) {
      renderer.appendRest(1);
    } else {
      renderer.fadeTail(left > 0 ? left : config.chunkFrames());
    }
    health.forget();
    drift.forget();
    queue.straight();
    underruns += said ? 0 : 1;
  }

  private int available() {
    return queue.available();
  }

  /** Follows the feeder's clock, if it has one of its own. */
  private void watch(long now) {
    int queued = queue.queued();
    double surplus = queued + (due() - now) * 1e-6 * config.format().rate();
    drift.look(now, surplus, queued, queue.writerWaited());
    queue.speed(drift.ppm()); // what is once resampled stays so until a rest: no seam
  }

  private Chunk read(int count) {
    float[] samples = new float[config.chunkFrames() * config.format().channels()];
    List<Chunk.Mark> marks = new ArrayList<>(1);
    marks.add(new Chunk.Mark(0, place));
    LiveQueue.Found found = queue.read(samples, count);
    found.marks().forEach(m -> mark(marks, m.offset(), m.track()));
    level.measure(samples, count);
    return new Chunk(samples, found.exactBits(), marks);
  }

  private void mark(List<Chunk.Mark> marks, int offset, Track track) {
    place = new Place("", track, 0, place.can(), place.order());
    if (offset == 0) {
      marks.clear();
    }
    marks.add(new Chunk.Mark(offset, place));
  }
}
