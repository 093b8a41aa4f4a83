package dev.tutti.player.output;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Opens outputs of one kind. Any thread. */
@FunctionalInterface
public interface OutputSpec {
  /**
   * Opens the device, at best in this format, else in one close to it.
   *
   * @param clock ours, microseconds
   * @throws IOException if it cannot be opened; a sentence that says which, why, what to do
   */
  Output open(SampleFormat wanted, LongSupplier clock) throws IOException;
}
