package dev.tutti.playlist;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.Navigable;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.TransportCommand;
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
  private final Library library;
  private final Navigator navigator;
  private final TrackOpener opener;
  private final SampleFormat format;
  private final long crossfadeFrames;
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
    this.navigator = new Navigator(library, mode, format, random);
    this.opener = new TrackOpener(library, mode, gain, format);
    this.format = format;
    this.crossfadeFrames = format.framesIn(crossfade.toNanos() / 1000);
  }

  /** The track that fades in while the current one fades out. */
  private record Incoming(Place place, TrackReader reader, AudioBlock scratch) {}

  @Override
  public boolean read(AudioBlock block) throws IOException {
    while (true) {
      TrackReader current = reader == null ? open(placeNow()) : reader;
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
        currentItem().ifPresent(item -> opener.broken(item, e));
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
      Optional<Place> next = navigator.order().next(placeNow(), true);
      TrackReader following = next.isEmpty() ? null : opener.open(next.get());
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
    Optional<Place> next = navigator.order().next(placeNow(), true);
    if (next.isEmpty()) {
      return false;
    }
    boolean sameAgain = next.get().id().equals(placeNow().id());
    if (sameAgain && currentItem().map(library::isBroken).orElse(true)) {
      next = navigator.order().next(placeNow(), false);
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
      TrackReader opened = opener.open(candidate);
      if (opened != null) {
        return take(candidate, opened);
      }
      Optional<Place> next = navigator.order().next(candidate, false);
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

  private Place placeNow() throws IOException {
    Place now = place;
    return now == null ? navigator.first() : now;
  }

  private Optional<Item> currentItem() {
    Place now = place;
    return now == null ? Optional.empty() : library.catalog().item(now.id());
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
    place = wanted.isPresent() ? wanted.get() : navigator.first();
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
    return navigator.playOrder();
  }

  @Override
  public Optional<String> navigate(String from, TransportCommand command) throws IOException {
    return navigator.navigate(Place.parse(from).orElse(placeNow()), command).map(Place::token);
  }

  /** What plays next, for those who prepare: any thread. */
  List<Item> upcoming(int count) {
    return navigator.upcoming(place, count);
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
