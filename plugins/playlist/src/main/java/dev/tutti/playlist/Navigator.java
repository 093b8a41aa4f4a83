package dev.tutti.playlist;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.playlist.LibraryIndex.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where one gets from a place in the music: what follows it, and where commands lead. Keeps the
 * mode, and nothing else. Thread-safe, as far as the library's catalog is; {@link #navigate} on the
 * stream's source thread.
 */
final class Navigator {
  private static final Duration RESTART_AFTER = Duration.ofSeconds(3);

  private final Library library;
  private final StateCell<Mode> mode;
  private final SampleFormat format;
  private final RandomGenerator random;

  Navigator(Library library, StateCell<Mode> mode, SampleFormat format, RandomGenerator random) {
    this.library = library;
    this.mode = mode;
    this.format = format;
    this.random = random;
  }

  /** What follows what, as of now. */
  Order order() {
    Mode now = mode.snapshot().state();
    return new Order(library.catalog(), now.playOrder(), now.seed());
  }

  PlayOrder playOrder() {
    return mode.snapshot().state().playOrder();
  }

  /**
   * Where the music begins.
   *
   * @throws IOException if there is none
   */
  Place first() throws IOException {
    if (library.catalog().isEmpty()) {
      library.look();
    }
    return order()
        .first(0)
        .orElseThrow(() -> new IOException("there is no music in " + library.place()));
  }

  /**
   * Where a command leads; empty if it leads nowhere. Those that change the mode change it.
   *
   * @throws IOException if it names a track that is not there
   */
  Optional<Place> navigate(Place at, TransportCommand command) throws IOException {
    return switch (command) {
      case TransportCommand.Next n -> order().next(at, false);
      case TransportCommand.Previous p ->
          elapsed(at).compareTo(RESTART_AFTER) > 0 ? Optional.of(at.at(0)) : playableBefore(at);
      case TransportCommand.Seek s -> Optional.of(seek(at, s.position()));
      case TransportCommand.SeekBy s -> Optional.of(seek(at, elapsed(at).plus(s.offset())));
      case TransportCommand.Jump j -> Optional.of(jump(at, j.trackId()));
      case TransportCommand.SetShuffle s -> {
        long seed = random.nextLong();
        mode.update(m -> new Mode(s.shuffle(), m.repeat(), s.shuffle() ? seed : m.seed()));
        yield Optional.of(at);
      }
      case TransportCommand.SetRepeat r -> {
        mode.update(m -> new Mode(m.shuffle(), r.repeat(), m.seed()));
        yield Optional.of(at);
      }
      case TransportCommand.SetVolume v -> Optional.empty();
      case TransportCommand.SetMute m -> Optional.empty();
      case TransportCommand.SetRate r -> Optional.empty();
      case TransportCommand.Stop s -> Optional.of(at.at(0));
      case TransportCommand.Play p -> order().first(at.run() + 1);
      case TransportCommand.Pause p -> Optional.of(at);
    };
  }

  private Duration elapsed(Place at) {
    return Duration.ofNanos(format.microsOf(at.frame()) * 1000);
  }

  /** The nearest track before a place that is not known to be broken; else the one before it. */
  private Optional<Place> playableBefore(Place at) {
    Order order = order();
    Optional<Place> before = order.previous(at);
    Optional<Place> candidate = before;
    for (int tries = library.catalog().items().size(); tries > 0; tries--) {
      if (candidate
          .flatMap(c -> library.catalog().item(c.id()))
          .filter(library::isBroken)
          .isEmpty()) {
        return candidate;
      }
      candidate = candidate.flatMap(order::previous);
    }
    return before;
  }

  private Place seek(Place at, Duration to) {
    long frames = Math.max(0, format.framesIn(to.toNanos() / 1000));
    Item item = library.catalog().item(at.id()).orElse(null);
    Entry entry = item == null ? null : library.entry(item);
    long end =
        entry == null || entry.durationMs() == 0
            ? Long.MAX_VALUE
            : format.framesIn(entry.durationMs() * 1000);
    return at.at(Math.min(frames, end));
  }

  private Place jump(Place at, String trackId) throws IOException {
    return library
        .catalog()
        .item(trackId)
        .map(item -> Place.startOf(item.id(), at.run()))
        .orElseThrow(() -> new IOException("there is no track \"" + trackId + "\""));
  }

  /** The tracks from a place on, in the order in which they play. */
  List<Item> upcoming(@Nullable Place from, int count) {
    Place at = from;
    List<Item> items = new ArrayList<>();
    while (at != null && items.size() < count) {
      library.catalog().item(at.id()).ifPresent(items::add);
      at = order().next(at, false).orElse(null);
      if (items.size() >= library.catalog().items().size()) {
        break;
      }
    }
    return items;
  }
}
