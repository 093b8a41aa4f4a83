package dev.tutti.core.streams;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue between a live source and the conductor: a ring of frames with one writer (the source's
 * thread) and one reader (the conductor), without locks. The writer waits while it is full.
 */
final class LiveInput implements AudioWriter {
  /** Something that holds from a frame on. */
  private sealed interface Note {
    long frame();

    record Exact(long frame, int bits) implements Note {}

    record Plays(long frame, Track track) implements Note {}
  }

  private final SampleFormat format;
  private final ArtLoans.Lender pictures;
  private final int capacity;
  private final int wakeAt;
  private final float[] ring;
  private final Runnable arrived;
  private final Queue<Note> notes = new ConcurrentLinkedQueue<>();

  private volatile long written;
  private volatile long read;
  private volatile long restAt = -1;
  private volatile boolean closed;
  private volatile boolean wanted = true;
  private volatile boolean waited;
  private volatile @Nullable Thread waiting;

  private int writingExact; // writer only
  private int readingExact; // reader only

  /**
   * @param pictures lends those of its tracks
   * @param capacity frames it holds
   * @param wakeAt how many frames the reader wants at least
   * @param arrived called on the writer's thread when there are so many and they are {@link #want
   *     wanted}, as they are at first, or the feeder has gone
   */
  LiveInput(
      SampleFormat format, ArtLoans.Lender pictures, int capacity, int wakeAt, Runnable arrived) {
    this.format = format;
    this.pictures = pictures;
    this.capacity = capacity;
    this.wakeAt = wakeAt;
    this.arrived = arrived;
    this.ring = new float[capacity * format.channels()];
  }

  /** Frames a stream's queue holds: 200 ms, or three blocks. */
  static int capacityFor(StreamConfig config) {
    return Math.max(config.format().rate() / 5, 3 * config.chunkFrames());
  }

  // --- the source's thread ----------------------------------------------------------------------

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public void write(AudioBlock block) throws InterruptedException {
    if (block.channels() != format.channels()) {
      throw new IllegalArgumentException(
          "the stream has " + format.channels() + " channels, the block " + block.channels());
    }
    if (block.exactBits() != writingExact) {
      writingExact = block.exactBits();
      notes.add(new Note.Exact(written, writingExact));
    }
    int done = 0;
    while (done < block.frames()) {
      awaitSpace();
      done += copyIn(block.samples(), done, block.frames() - done);
      if (wanted && written - read >= wakeAt) {
        wanted = false;
        arrived.run();
      }
    }
  }

  private void awaitSpace() throws InterruptedException {
    while (written - read >= capacity) {
      waited = true;
      waiting = Thread.currentThread();
      if (written - read >= capacity && !closed) {
        LockSupport.park(this);
      }
      waiting = null;
      if (Thread.interrupted()) {
        throw new InterruptedException("the source is to end");
      }
      if (closed) {
        throw new InterruptedException("the stream has taken another source");
      }
    }
  }

  private int copyIn(float[] samples, int from, int most) {
    int channels = format.channels();
    long before = written;
    int at = (int) (before % capacity);
    int count = (int) Math.min(Math.min(most, capacity - (before - read)), capacity - at);
    System.arraycopy(samples, from * channels, ring, at * channels, count * channels);
    written = before + count;
    return count;
  }

  @Override
  public void rest() {
    restAt = written;
    arrived.run();
  }

  @Override
  public void track(Track track) {
    notes.add(new Note.Plays(written, pictures.lend(track)));
  }

  @Override
  public long queuedFrames() {
    return written - read;
  }

  /** Whether the writer is about to go on, having waited for room. Any thread. */
  boolean hasRoomAgain() {
    return waiting != null && (closed || written - read < capacity);
  }

  // --- the conductor ----------------------------------------------------------------------------

  /**
   * Asks to be called once there are enough frames; look at {@link #available} afterwards, they may
   * be there already. Whoever looks by itself in time need not ask.
   */
  void want() {
    wanted = true;
  }

  /** Frames that can be read. */
  int available() {
    return (int) (written - read);
  }

  /** Whether the writer had to wait for room since this was asked last. */
  boolean takeWaited() {
    boolean was = waited || waiting != null;
    waited = false;
    return was;
  }

  /** Whether the feeder has gone after the last frame. */
  boolean feederGone() {
    return restAt == written;
  }

  /** What {@link #read} found: the marks within what was read, and how exact it is. */
  record Found(int exactBits, List<Track> tracks, List<Integer> offsets) {}

  /**
   * Reads frames that are {@link #available}.
   *
   * @param out interleaved
   * @param offset the first frame of it to fill
   */
  Found read(float[] out, int offset, int count) {
    int channels = format.channels();
    long before = read;
    int at = (int) (before % capacity);
    int first = Math.min(count, capacity - at);
    System.arraycopy(ring, at * channels, out, offset * channels, first * channels);
    System.arraycopy(ring, 0, out, (offset + first) * channels, (count - first) * channels);
    Found found = notesUpTo(before + count, offset);
    read = before + count;
    Thread writer = waiting;
    if (writer != null) {
      LockSupport.unpark(writer);
    }
    return found;
  }

  /** Wakes a writer that waits, for good. */
  void close() {
    closed = true;
    Thread writer = waiting;
    if (writer != null) {
      LockSupport.unpark(writer);
    }
  }

  private Found notesUpTo(long end, int offset) {
    List<Track> tracks = new ArrayList<>(0);
    List<Integer> offsets = new ArrayList<>(0);
    int exact = -1;
    long from = read;
    for (Note note = notes.peek(); note != null && note.frame() < end; note = notes.peek()) {
      notes.remove();
      switch (note) {
        case Note.Exact e -> {
          if (e.frame() > from) {
            exact = both(exact, readingExact);
          }
          readingExact = e.bits();
        }
        case Note.Plays p -> {
          tracks.add(p.track());
          offsets.add(offset + (int) (p.frame() - from));
        }
      }
    }
    return new Found(both(exact, readingExact), tracks, offsets);
  }

  /** How many bits hold two runs of samples; −1 stands for no run. */
  static int both(int a, int b) {
    return a < 0 ? b : a == 0 || b == 0 ? 0 : Math.max(a, b);
  }
}
