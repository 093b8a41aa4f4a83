package dev.tutti.core.streams;

/**
 * The spans streams work with, in microseconds.
 *
 * @param defaultLead how early blocks are handed out while no listener has said what it needs: the
 *     host's bufferMs
 * @param ahead how far on-demand sources are rendered beyond what the deepest listener needs
 * @param past how long a block is kept after it was heard
 * @param restKept how long silence is rendered before a resting stream is left alone
 * @param grace how long a stream that nobody hears is still rendered
 * @param reserve how long before it is to be heard a missing block is replaced by silence; a
 *     quarter of the lead if that is smaller
 * @param fade of splices, pauses and resumptions
 * @param hold the end of rendered audio that is kept back to fade out with
 * @param spliceWith how much new audio must be there before it replaces the old
 * @param anchorEvery how often the audible place is stored
 */
public record StreamTiming(
    long defaultLead,
    long ahead,
    long past,
    long restKept,
    long grace,
    long reserve,
    long fade,
    long hold,
    long spliceWith,
    long anchorEvery) {

  /** The usual spans, for a host that buffers so many milliseconds. */
  public static StreamTiming ofBufferMs(int bufferMs) {
    return new StreamTiming(
        bufferMs * 1000L,
        5_000_000,
        2_500_000,
        10_000_000,
        10_000_000,
        250_000,
        25_000,
        20_000,
        100_000,
        5_000_000);
  }
}
