package dev.tutti.core.streams;

/**
 * How a stream does, for those who look after the house.
 *
 * @param kind live, on demand, or none while there is no source
 * @param listeners those who take its blocks
 * @param aheadMs how far ahead of being heard it is rendered
 * @param queuedMs what a live source has captured and is not rendered yet
 * @param framesPerSecond how fast a live source delivers, on average since it began; 0 if it does
 *     not
 * @param clocking whose clock a live source keeps
 * @param clockPpm how much faster than nominal it is read, in millionths; 0 unless it is followed
 * @param underruns how often audio stopped coming although its source did not say that it rests
 * @param problem as in the stream's status
 */
public record StreamHealth(
    String id,
    String kind,
    boolean sounding,
    int listeners,
    long aheadMs,
    long queuedMs,
    double framesPerSecond,
    Clocking clocking,
    double clockPpm,
    long underruns,
    String problem) {}
