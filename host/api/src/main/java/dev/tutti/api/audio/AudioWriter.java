package dev.tutti.api.audio;

/** Where a live source puts what it captured. Used by the source's own thread only. */
public interface AudioWriter {
  /** The format that is expected: what the stream was configured with. */
  SampleFormat format();

  /**
   * Queues the block's frames, waiting while the queue is full. The frames are copied; the caller
   * keeps the block.
   *
   * @throws InterruptedException when the source is to end
   */
  void write(AudioBlock block) throws InterruptedException;

  /**
   * Says that the feeder is gone for now (end of a pipe, a closed connection): the stream rests
   * instead of counting as failed.
   */
  void rest();

  /** Says what is being played. */
  void track(Track track);

  /** How many frames were queued and are not yet rendered. */
  long queuedFrames();
}
