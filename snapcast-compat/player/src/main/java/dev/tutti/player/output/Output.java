package dev.tutti.player.output;

import dev.tutti.api.audio.SampleFormat;
import java.io.Closeable;
import java.io.IOException;

/**
 * A device that plays what it is handed, period by period. For the playing thread; all but opening
 * and closing happens without allocating.
 */
public interface Output extends Closeable {
  /** What it takes; samples laid out as Snapcast sends them. */
  SampleFormat format();

  /** How many frames it is handed at once. */
  int periodFrames();

  /** Whether its clock is exactly ours. */
  default boolean exact() {
    return false;
  }

  /** For people: which device, and how it was set up. */
  String description();

  /**
   * Waits until there is room for a period.
   *
   * @throws IOException if the device can no longer be used; says why
   */
  void awaitRoom() throws IOException, InterruptedException;

  /**
   * How many frames sound before the next one handed over; as of {@link #readAtMicros}.
   *
   * @return NaN if the device has told nothing new
   */
  double delayFrames() throws IOException;

  /** When the delay was read, on our clock. */
  long readAtMicros();

  /** That instant is certain within this. */
  default double readWithinMicros() {
    return 0;
  }

  /** Hands over frames. */
  void write(byte[] pcm, int frames) throws IOException;

  @Override
  void close();
}
