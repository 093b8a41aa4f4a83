package dev.tutti.core.streams;

import java.util.List;
import java.util.Optional;

/** What a source's lane tells the conductor. */
sealed interface SourceEvent {
  /**
   * The source went where it was asked to.
   *
   * @param generation of the request
   * @param place where it is now
   * @param skipped how many of the frames it was to skip it did
   * @param warning why it could not go exactly there, or empty
   */
  record Arrived(long generation, Place place, long skipped, String warning)
      implements SourceEvent {}

  /**
   * Audio from where the source was.
   *
   * @param generation of the request
   * @param chunks full blocks; the last is padded with silence if it is the end
   * @param ended whether nothing more will come until it is sent elsewhere
   * @param next the place after them
   */
  record Delivered(long generation, List<Chunk> chunks, boolean ended, Place next)
      implements SourceEvent {}

  /**
   * Where a command leads.
   *
   * @param ticket of the question
   * @param token empty if nowhere
   * @param failure why it cannot be done, or empty
   */
  record Navigated(long ticket, Optional<String> token, String failure) implements SourceEvent {}
}
