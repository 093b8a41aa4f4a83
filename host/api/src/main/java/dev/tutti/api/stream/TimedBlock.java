package dev.tutti.api.stream;

/**
 * A block with its place in time. Immutable and shared by all listeners: never write to the
 * samples.
 *
 * @param sequence its number on the timeline
 * @param timeMicros the instant its first frame is to be heard, on the server clock
 * @param follows whether it is to be heard right after the block before it; false where time jumps
 *     (after rest, on a live stream)
 * @param samples interleaved, full scale ±1, exactly {@code frames * channels}
 * @param frames how many
 * @param exactBits see {@link dev.tutti.api.audio.AudioBlock#exactBits}
 * @param rest whether the stream rests here (silence of a pause, an idle pipe): after ten seconds
 *     of it listeners need not send it on
 */
public record TimedBlock(
    long sequence,
    long timeMicros,
    boolean follows,
    float[] samples,
    int frames,
    int exactBits,
    boolean rest) {}
