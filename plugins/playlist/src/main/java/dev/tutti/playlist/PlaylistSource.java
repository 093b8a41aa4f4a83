package dev.tutti.playlist;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.Navigable;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.playlist.LibraryIndex.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a library in its order, track to track without a gap, or fading from one into the next. One
 * instance per stream; all calls on the stream's source thread, except {@link #upcoming}.
 */
final class PlaylistSource implements Navigable {
  private static final Duration RESTART_AFTER = Duration.ofSeconds(3);

  private final Library library;
  private final StateCell<Mode> mode;
  private final GainPolicy gain;
  private final SampleFormat format;
  private final long crossfadeFrames;
  private final RandomGenerator random;
  private volatile @Nullable Place place;
  private @Nullable TrackReader reader;
  private @Nullable Incoming incoming;
  private Track track = Track.UNKNOWN;

  PlaylistSource(
      Library library,
      StateCell<Mode> mode,
      GainPolicy gain,
      SampleFormat format,
      Duration crossfade,
      RandomGenerator random) {
    this.library = library;
    this.mode = mode;
    this.gain = gain;
    this.format = format;
    this.crossfadeFrames = format.framesIn(crossfade.toNanos() / 1000);
    this.random = random;
  }

  /** The track that fades in while the current one fades out. */
  private record Incoming(Place place, TrackReader reader, AudioBlock scratch) {}

  @Override
  public boolean read(AudioBlock block) throws IOException {
    while (true) {
      TrackReader current = reader == null ? open(place == null ? firstPlace() : place) : reader;
      if (current == null) {
        return false;
      }
      try {
        if (current.read(block, framesUntilFade(current))) {
          return true;
        }
        if (fade(current, block)) {
          return true;
        }
      } catch (IOException e) {
        currentItem().ifPresent(item -> library.broken(item, reason(e)));
      }
      if (!goOn()) {
        return false;
      }
    }
  }

  /** How much of the track plays alone. */
  private long framesUntilFade(TrackReader current) {
    long total = current.totalFrames();
    return crossfadeFrames == 0 || total <= 0
        ? Long.MAX_VALUE
        : Math.max(0, total - crossfadeFrames);
  }

  /**
   * Mixes the end of the track with the start of the next. False when there is nothing left of it.
   */
  private boolean fade(TrackReader current, AudioBlock block) throws IOException {
    if (framesUntilFade(current) == Long.MAX_VALUE) {
      return false;
    }
    if (incoming == null) {
      Optional<Place> next = sequence().next(placeNow(), true);
      TrackReader following = next.isEmpty() ? null : openReader(next.get());
      if (next.isEmpty() || following == null) {
        return current.read(block, Long.MAX_VALUE);
      }
      incoming =
          new Incoming(next.get(), following, new AudioBlock(format.channels(), block.capacity()));
    }
    long fadeStart = framesUntilFade(current);
    int from = block.frames();
    long at = current.position() - fadeStart;
    if (!current.read(block, Long.MAX_VALUE)) {
      return false;
    }
    int mixed = block.frames() - from;
    AudioBlock other = incoming.scratch().clear();
    while (other.frames() < mixed && incoming.reader().readUpTo(other, mixed - other.frames())) {
      // Until as much of the next track is there as of this one.
    }
    mix(block, from, other, at, current.totalFrames() - fadeStart);
    return true;
  }

  private void mix(AudioBlock block, int from, AudioBlock other, long at, long length) {
    int channels = format.channels();
    for (int i = 0; i < other.frames(); i++) {
      double angle = Math.min(1, (at + i) / (double) length) * Math.PI / 2;
      float out = (float) Math.cos(angle);
      float in = (float) Math.sin(angle);
      for (int c = 0; c < channels; c++) {
        int k = (from + i) * channels + c;
        block.samples()[k] = block.samples()[k] * out + other.samples()[i * channels + c] * in;
      }
    }
    block.exactBits(0);
  }

  /** After the end of a track: to the one that fades in already, or to the next. */
  private boolean goOn() throws IOException {
    if (incoming != null) {
      closeReader();
      reader = incoming.reader();
      place = incoming.place();
      track = currentItem().map(library::track).orElse(Track.UNKNOWN);
      incoming = null;
      return true;
    }
    Optional<Place> next = sequence().next(placeNow(), true);
    if (next.isEmpty()) {
      return false;
    }
    boolean sameAgain = next.get().id().equals(placeNow().id());
    if (sameAgain && currentItem().map(library::isBroken).orElse(true)) {
      next = sequence().next(placeNow(), false);
    }
    return next.isPresent() && open(next.get()) != null;
  }

  /**
   * Opens the track of a place, or, if it cannot be played, the nearest one after it.
   *
   * @return null if there is none: the end of the list
   * @throws IOException if nothing can be played at all; the host tries again later
   */
  private @Nullable TrackReader open(Place start) throws IOException {
    Place candidate = start;
    int tries = library.catalog().items().size() + 1;
    while (tries-- > 0) {
      TrackReader opened = openReader(candidate);
      if (opened != null) {
        return take(candidate, opened);
      }
      Optional<Place> next = sequence().next(candidate, false);
      if (next.isEmpty()) {
        break;
      }
      candidate = next.get();
    }
    if (!library.catalog().items().stream().allMatch(library::isBroken)) {
      return null;
    }
    throw new IOException("nothing in " + library.place() + " can be played");
  }

  private TrackReader take(Place at, TrackReader opened) throws IOException {
    closeReader();
    reader = opened;
    place = new Place(at.frame(), at.run(), opened.gainDb(), at.id());
    track = currentItem().map(library::track).orElse(Track.UNKNOWN);
    return opened;
  }

  /** Null if this one cannot be played. */
  private @Nullable TrackReader openReader(Place at) throws IOException {
    Item item = library.catalog().item(at.id()).orElse(null);
    if (item == null || library.isBroken(item)) {
      return null;
    }
    if (library.missingRoot(item)) {
      throw new IOException("the music folder of " + item.file() + " is not there");
    }
    try {
      Entry entry = library.entryNow(item);
      double gainDb =
          Double.isNaN(at.gainDb()) ? gain.gainDb(entry, wholeAlbum(item, entry)) : at.gainDb();
      return TrackReader.open(item.file(), format, gainDb, at.frame());
    } catch (IOException e) {
      library.look();
      if (library.missingRoot(item)) {
        throw new IOException("the music folder of " + item.file() + " is not there", e);
      }
      library.broken(item, reason(e));
      return null;
    }
  }

  private boolean wholeAlbum(Item item, Entry entry) {
    List<Item> list = library.catalog().items();
    int at = list.indexOf(item);
    return !mode.snapshot().state().shuffle()
        && !entry.album().isEmpty()
        && (sameAlbum(list, at - 1, entry) || sameAlbum(list, at + 1, entry));
  }

  private boolean sameAlbum(List<Item> list, int at, Entry entry) {
    Entry other = at < 0 || at >= list.size() ? null : library.entry(list.get(at));
    return other != null && other.album().equals(entry.album());
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private Place firstPlace() throws IOException {
    if (library.catalog().isEmpty()) {
      library.look();
    }
    return sequence()
        .first(0)
        .orElseThrow(() -> new IOException("there is no music in " + library.place()));
  }

  private Place placeNow() throws IOException {
    Place now = place;
    return now == null ? firstPlace() : now;
  }

  private Optional<Item> currentItem() {
    Place now = place;
    return now == null ? Optional.empty() : library.catalog().item(now.id());
  }

  private Order sequence() {
    Mode now = mode.snapshot().state();
    return new Order(library.catalog(), now.playOrder(), now.seed());
  }

  @Override
  public String position() {
    Place now = place;
    TrackReader current = reader;
    return now == null ? "" : (current == null ? now : now.at(current.position())).token();
  }

  @Override
  public void reposition(String token) throws IOException {
    Optional<Place> wanted = Place.parse(token);
    closeIncoming();
    closeReader();
    place = wanted.isPresent() ? wanted.get() : firstPlace();
    if (library.catalog().isEmpty()) {
      library.look();
    }
    open(placeNow());
  }

  @Override
  public boolean skipFrames(long frames) throws IOException {
    long left = frames;
    while (left > 0) {
      TrackReader current = reader == null ? open(placeNow()) : reader;
      if (current == null) {
        return true;
      }
      long total = current.totalFrames();
      if (total <= 0) {
        return false;
      }
      long rest = total - current.position();
      if (left < rest) {
        reposition(placeNow().at(current.position() + left).token());
        return true;
      }
      left -= rest;
      if (!goOn()) {
        return true;
      }
    }
    return true;
  }

  @Override
  public Track track() {
    return track;
  }

  @Override
  public Optional<Duration> elapsed() {
    TrackReader current = reader;
    return current == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(format.microsOf(current.position()) * 1000));
  }

  @Override
  public Set<TransportCommand.Kind> can() {
    return EnumSet.allOf(TransportCommand.Kind.class);
  }

  @Override
  public PlayOrder order() {
    return mode.snapshot().state().playOrder();
  }

  /** The nearest track before a place that is not known to be broken; else the one before it. */
  private Optional<Place> playableBefore(Place at) {
    Order order = sequence();
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

  @Override
  public Optional<String> navigate(String from, TransportCommand command) throws IOException {
    Place at = Place.parse(from).orElse(placeNow());
    return switch (command) {
      case TransportCommand.Next n -> sequence().next(at, false).map(Place::token);
      case TransportCommand.Previous p ->
          format.microsOf(at.frame()) > RESTART_AFTER.toNanos() / 1000
              ? Optional.of(at.at(0).token())
              : playableBefore(at).map(Place::token);
      case TransportCommand.Seek s -> Optional.of(seek(at, s.position()).token());
      case TransportCommand.SeekBy s ->
          Optional.of(
              seek(at, Duration.ofNanos(format.microsOf(at.frame()) * 1000).plus(s.offset()))
                  .token());
      case TransportCommand.Jump j -> Optional.of(jump(at, j.trackId()).token());
      case TransportCommand.SetShuffle s -> {
        long seed = random.nextLong();
        mode.update(m -> new Mode(s.shuffle(), m.repeat(), s.shuffle() ? seed : m.seed()));
        yield Optional.of(at.token());
      }
      case TransportCommand.SetRepeat r -> {
        mode.update(m -> new Mode(m.shuffle(), r.repeat(), m.seed()));
        yield Optional.of(at.token());
      }
      case TransportCommand.SetVolume v -> Optional.empty();
      case TransportCommand.SetMute m -> Optional.empty();
      case TransportCommand.SetRate r -> Optional.empty();
      case TransportCommand.Stop s -> Optional.of(at.at(0).token());
      case TransportCommand.Play p -> sequence().first(at.run() + 1).map(Place::token);
      case TransportCommand.Pause p -> Optional.of(at.token());
    };
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

  /** What plays next, for those who prepare: any thread. */
  List<Item> upcoming(int count) {
    Place now = place;
    List<Item> items = new java.util.ArrayList<>();
    while (now != null && items.size() < count) {
      library.catalog().item(now.id()).ifPresent(items::add);
      now = sequence().next(now, false).orElse(null);
      if (items.size() >= library.catalog().items().size()) {
        break;
      }
    }
    return items;
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private void closeIncoming() throws IOException {
    if (incoming != null) {
      incoming.reader().close();
      incoming = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeIncoming();
    closeReader();
  }
}
