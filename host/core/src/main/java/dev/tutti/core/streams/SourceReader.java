package dev.tutti.core.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an on-demand source and what has come of it. Each time the source is sent
 * elsewhere the generation grows, and answers to older ones are dropped. Used by the conductor
 * only.
 */
final class SourceReader {
  private final List<Chunk> fresh = new ArrayList<>();
  private @Nullable RemoteSource source;
  private long generation;
  private int requested;
  private boolean ended;
  private Place next = Place.UNKNOWN;

  boolean attached() {
    return source != null;
  }

  void attach(@Nullable RemoteSource newSource) {
    source = newSource;
    supersede();
  }

  /** Makes void whatever was asked. */
  void supersede() {
    generation++;
    requested = 0;
    ended = false;
    fresh.clear();
    if (source != null) {
      source.supersede(generation);
    }
  }

  /** Sends the source somewhere, if there is one; see {@link OnDemandDriver#go}. */
  void go(Optional<String> token, long skip, boolean cheaply) {
    supersede();
    if (source != null) {
      source.go(generation, token, skip, cheaply);
    }
  }

  /** Asks for so many blocks more. */
  void read(int blocks) {
    if (source != null) {
      requested += blocks;
      source.read(generation, blocks);
    }
  }

  /** Blocks asked for that are still to come. */
  int requested() {
    return requested;
  }

  /** Whether an answer belongs to what was asked last. */
  boolean current(long ofGeneration) {
    return ofGeneration == generation;
  }

  /** Takes in what was delivered. */
  void take(SourceEvent.Delivered delivered) {
    requested = delivered.ended() ? 0 : requested - delivered.chunks().size();
    ended = delivered.ended();
    next = delivered.next();
    fresh.addAll(delivered.chunks());
  }

  /** What was delivered and is not yet rendered. */
  List<Chunk> fresh() {
    return fresh;
  }

  /** Whether nothing comes after {@link #fresh}. */
  boolean ended() {
    return ended;
  }

  /** The place after all that was delivered. */
  Place next() {
    return next;
  }
}
