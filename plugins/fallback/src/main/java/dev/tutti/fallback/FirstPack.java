package dev.tutti.fallback;

import dev.tutti.api.audio.SampleFormat;
import java.util.List;

/**
 * Makes the pack that comes with the program (S0-41): when somebody first asks for one, or a while
 * after the start, because a machine that has just started has other things to do. Thread-safe.
 */
final class FirstPack {
  private static final String NAME = "Tutti: first light";

  private final Workshop workshop;
  private final FallbackDesk desk;
  private final SampleFormat format;
  private boolean missing;
  private boolean wanted;

  FirstPack(Workshop workshop, FallbackDesk desk, SampleFormat format) {
    this.workshop = workshop;
    this.desk = desk;
    this.format = format;
  }

  /** The packs there are were looked at, and it is not among them. */
  synchronized void missing() {
    missing = true;
    makeIfDue();
  }

  /** Somebody asks for packs, or it is time. */
  synchronized void wanted() {
    wanted = true;
    makeIfDue();
  }

  private void makeIfDue() {
    if (missing && wanted) {
      missing = false;
      workshop.make(NAME, List.of(DefaultPiece.part(format)), desk::shipped);
    }
  }
}
