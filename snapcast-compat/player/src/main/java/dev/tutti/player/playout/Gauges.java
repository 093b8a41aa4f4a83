package dev.tutti.player.playout;

/**
 * What can be read off a playing player. Written by the playing thread without allocating; any
 * thread may read, each value for itself.
 */
public final class Gauges {
  volatile boolean playing;
  volatile double errorMicros;
  volatile double boundMicros;
  volatile double likelyMicros;
  volatile double ppm;
  volatile double devicePpm;
  volatile double deviceDelayMicros;
  volatile long underruns;
  volatile long resyncs;
  volatile long deviceBreaks;
  volatile long frames;
  volatile long filledAtMicros = Long.MIN_VALUE;

  /** Whether sound is being played. */
  public boolean playing() {
    return playing;
  }

  /** How much too early the sound is, as far as we can know; negative is late. */
  public double errorMicros() {
    return errorMicros;
  }

  /** The error of the clock behind that is certainly within this. */
  public double boundMicros() {
    return boundMicros;
  }

  /** The error of the clock and the device is usually within this. */
  public double likelyMicros() {
    return likelyMicros;
  }

  /** By how much the sound is played faster than the device's clock says. */
  public double ppm() {
    return ppm;
  }

  /** By how much the device runs faster than our clock. */
  public double devicePpm() {
    return devicePpm;
  }

  /** From handing a frame over to hearing it. */
  public double deviceDelayMicros() {
    return deviceDelayMicros;
  }

  /** How often sound ended because nothing more was there. */
  public long underruns() {
    return underruns;
  }

  /** How often only a jump helped. */
  public long resyncs() {
    return resyncs;
  }

  /** How often the device stopped or jumped. */
  public long deviceBreaks() {
    return deviceBreaks;
  }

  /** When the device last asked for frames, on our clock; Long.MIN_VALUE if it never did. */
  public long filledAtMicros() {
    return filledAtMicros;
  }

  /** Frames handed to the device. */
  public long frames() {
    return frames;
  }
}
