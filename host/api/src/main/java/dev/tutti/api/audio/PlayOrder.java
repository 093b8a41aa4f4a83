package dev.tutti.api.audio;

/** In which order a list plays. */
public record PlayOrder(boolean shuffle, Repeat repeat) {
  public static final PlayOrder STRAIGHT = new PlayOrder(false, Repeat.NONE);

  /** What happens at the end of a track or of the list. */
  public enum Repeat {
    NONE,
    TRACK,
    ALL
  }
}
