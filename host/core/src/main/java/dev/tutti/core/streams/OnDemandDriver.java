package dev.tutti.core.streams;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.Navigable;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one on-demand source. Its methods are tasks of the source's lane, except {@link #supersede};
 * answers go to the conductor's mailbox. What it throws is caught by the lane's guard.
 */
final class OnDemandDriver {
  /** Blocks of one delivery: enough for a splice, few enough to be there soon. */
  static final int BATCH = 5;

  /** So much is at most read and thrown away to catch up with the clock. */
  private static final int CATCH_UP_SECONDS = 600;

  private static final int EMPTY_READS = 1000;

  private final OnDemandSource source;
  private final ArtLoans.Lender pictures;
  private final SampleFormat format;
  private final int chunkFrames;
  private final Consumer<SourceEvent> out;
  private volatile long wanted;

  private @Nullable Track track;
  private long trackFrames;

  OnDemandDriver(
      OnDemandSource source,
      ArtLoans.Lender pictures,
      SampleFormat format,
      int chunkFrames,
      Consumer<SourceEvent> out) {
    this.source = source;
    this.pictures = pictures;
    this.format = format;
    this.chunkFrames = chunkFrames;
    this.out = out;
  }

  /** The place a new instance stands at. */
  Place start() {
    return place();
  }

  /** Makes whatever older generations asked for void. The conductor. */
  void supersede(long generation) {
    wanted = generation;
  }

  /**
   * Sends the source to a place.
   *
   * @param token empty to stay where it is
   * @param skip so many frames beyond the place
   * @param cheaply whether to skip only if the source can do it without reading
   */
  void go(long generation, Optional<String> token, long skip, boolean cheaply) throws Exception {
    if (generation != wanted) {
      return;
    }
    String warning = "";
    if (token.isPresent()) {
      try {
        source.reposition(token.get());
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        warning = SourceLane.sentence(e);
      }
      track = null;
    }
    place(); // so that what is skipped counts for the track it begins in
    long skipped = skip == 0 ? 0 : skip(generation, skip, cheaply);
    out.accept(new SourceEvent.Arrived(generation, place(), skipped, warning));
  }

  private long skip(long generation, long frames, boolean cheaply) throws Exception {
    if (source.skipFrames(frames)) {
      trackFrames += frames;
      return frames;
    }
    long most = cheaply ? 0 : Math.min(frames, (long) CATCH_UP_SECONDS * format.rate());
    long left = most;
    boolean more = true;
    while (more && left > 0 && generation == wanted) {
      AudioBlock scrap = new AudioBlock(format.channels(), (int) Math.min(left, chunkFrames));
      place();
      more = source.read(scrap);
      trackFrames += scrap.frames();
      left -= scrap.frames();
    }
    return most - left;
  }

  /** Reads blocks and delivers them in batches, unless superseded. */
  void read(long generation, int blocks) throws Exception {
    List<Chunk> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < blocks && generation == wanted; i++) {
      boolean more = readInto(batch);
      if (!more || batch.size() == BATCH || i == blocks - 1) {
        out.accept(new SourceEvent.Delivered(generation, List.copyOf(batch), !more, place()));
        batch.clear();
      }
      if (!more) {
        return;
      }
    }
  }

  private boolean readInto(List<Chunk> batch) throws Exception {
    AudioBlock block = new AudioBlock(format.channels(), chunkFrames);
    List<Chunk.Mark> marks = new ArrayList<>(1);
    int exact = -1;
    int empty = 0;
    boolean more = true;
    while (more && block.free() > 0) {
      int before = block.frames();
      Place place = place();
      boolean changed = trackFrames == 0 && empty == 0;
      if (marks.isEmpty() || changed) {
        marks.add(new Chunk.Mark(before, place));
      }
      block.exactBits(0);
      more = source.read(block);
      int got = block.frames() - before;
      trackFrames += got;
      if (got > 0) {
        exact = LiveInput.both(exact, block.exactBits());
        empty = 0;
      } else if (more && ++empty > EMPTY_READS) {
        throw new IllegalStateException("read() delivered nothing " + EMPTY_READS + " times");
      }
    }
    if (block.frames() > 0) {
      batch.add(new Chunk(block.samples(), Math.max(0, exact), marks));
    }
    return more;
  }

  /** Asks where a command leads. */
  void navigate(long ticket, String from, TransportCommand command) throws InterruptedException {
    Optional<String> token = Optional.empty();
    String failure = "";
    try {
      if (source instanceof Navigable navigable) {
        token = navigable.navigate(from, command);
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failure = SourceLane.sentence(e);
    }
    out.accept(new SourceEvent.Navigated(ticket, token, failure));
  }

  /** Tells the source what is heard. */
  void heard(String token) {
    if (source instanceof Navigable navigable) {
      navigable.heard(token);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a source returns the same object while nothing changed
  private Place place() {
    Track now = pictures.lend(source.track());
    if (now != track) {
      track = now;
      trackFrames = 0;
    }
    Optional<Duration> told = source.elapsed();
    long elapsed = told.isPresent() ? told.get().toNanos() / 1000 : format.microsOf(trackFrames);
    Set<TransportCommand.Kind> can =
        source instanceof Navigable navigable ? Set.copyOf(navigable.can()) : Set.of();
    PlayOrder order =
        source instanceof Navigable navigable ? navigable.order() : PlayOrder.STRAIGHT;
    return new Place(source.position(), now, elapsed, can, order);
  }
}
