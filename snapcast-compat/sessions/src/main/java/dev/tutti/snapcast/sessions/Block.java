package dev.tutti.snapcast.sessions;

/**
 * A run of frames with its place in time, as a stream gives it. Shared; never written to.
 *
 * @param timeMicros the instant its first frame is to be heard, on the server clock
 * @param follows whether it is to be heard right after the block before it
 * @param samples interleaved, full scale ±1
 * @param frames how many
 * @param exactBits how many bits hold every sample exactly; 0 if the samples were computed
 * @param rest whether the stream rests here, so that after a while nothing needs to be sent
 */
public record Block(
    long timeMicros, boolean follows, float[] samples, int frames, int exactBits, boolean rest) {}
