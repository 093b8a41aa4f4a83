package dev.tutti.core.streams;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.Navigable;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.TransportCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A list of tracks of which every frame is known. Tokens read {@code TRACK:FRAME}. Counts what is
 * asked of it.
 */
final class Tracks implements Navigable {
  /** What a track sounds like. */
  interface Wave {
    float at(int track, long frame);
  }

  /** Pseudo-random 16-bit samples: every frame differs from every other. */
  static final Wave NOISE =
      (track, frame) -> {
        long h = (frame * 0x9E3779B97F4A7C15L) ^ (track * 0xC2B2AE3D27D4EB4FL);
        h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (short) (h >>> 40) / 65536f;
      };

  /** A sine, each track another pitch: a splice without a fade would click. */
  static final Wave SINE =
      (track, frame) ->
          (float) (0.5 * Math.sin(2 * Math.PI * (220 + 70 * track) * frame / Bench.FORMAT.rate()));

  final SampleFormat format;
  final int tracks;
  final long frames;
  final Wave wave;
  long framesRead;
  int repositions;
  boolean canSkip = true;
  boolean shuffle;
  String failsWith = "";
  String heard = "";
  boolean closed;
  Optional<Art> picture = Optional.empty();
  private int track;
  private long frame;
  private Track current;

  Tracks(SampleFormat format, int tracks, Duration length, Wave wave) {
    this.format = format;
    this.tracks = tracks;
    this.frames = format.framesIn(length.toNanos() / 1000);
    this.wave = wave;
    this.current = describe(0);
  }

  static Tracks noise(int tracks, Duration length) {
    return new Tracks(Bench.FORMAT, tracks, length, NOISE);
  }

  static Tracks sines(int tracks, Duration length) {
    return new Tracks(Bench.FORMAT, tracks, length, SINE);
  }

  /** The samples from a place on, across track borders. */
  float[] expected(int fromTrack, long fromFrame, int count) {
    float[] all = new float[count * format.channels()];
    int t = fromTrack;
    long f = fromFrame;
    for (int i = 0; i < count; i++, f++) {
      if (f == frames) {
        t++;
        f = 0;
      }
      for (int c = 0; c < format.channels(); c++) {
        all[i * format.channels() + c] = t < tracks ? wave.at(t, f) : 0;
      }
    }
    return all;
  }

  private Track describe(int number) {
    Duration length = Duration.ofNanos(format.microsOf(frames) * 1000);
    return new Track(
        "t" + number, "Track " + number, java.util.List.of(), "", Optional.of(length), picture);
  }

  @Override
  public boolean read(AudioBlock block) throws IOException {
    if (!failsWith.isEmpty()) {
      throw new IOException(failsWith);
    }
    if (track >= tracks) {
      return false;
    }
    while (block.free() > 0 && frame < frames) {
      int at = block.frames() * format.channels();
      float value = wave.at(track, frame++);
      for (int c = 0; c < format.channels(); c++) {
        block.samples()[at + c] = value;
      }
      block.frames(block.frames() + 1);
      framesRead++;
    }
    block.exactBits(16);
    if (frame == frames) {
      to(track + 1, 0);
    }
    return track < tracks;
  }

  private void to(int toTrack, long toFrame) {
    if (toTrack != track) {
      current = toTrack < tracks ? describe(toTrack) : Track.UNKNOWN;
    }
    track = toTrack;
    frame = toFrame;
  }

  @Override
  public String position() {
    return track + ":" + frame;
  }

  @Override
  public void reposition(String token) {
    repositions++;
    to(trackOf(token), frameOf(token));
  }

  static int trackOf(String token) {
    return Integer.parseInt(token.substring(0, token.indexOf(':')));
  }

  static long frameOf(String token) {
    return Long.parseLong(token.substring(token.indexOf(':') + 1));
  }

  @Override
  public Track track() {
    if (current.art().isEmpty() && picture.isPresent() && track < tracks) {
      current = describe(track);
    }
    return current;
  }

  @Override
  public Optional<Duration> elapsed() {
    return Optional.of(Duration.ofNanos(format.microsOf(frame) * 1000));
  }

  @Override
  public boolean skipFrames(long count) {
    if (!canSkip) {
      return false;
    }
    long to = frame + count;
    int t = track;
    while (to >= frames && t < tracks) {
      to -= frames;
      t++;
    }
    to(t, to);
    return true;
  }

  @Override
  public Set<TransportCommand.Kind> can() {
    return EnumSet.of(
        TransportCommand.Kind.NEXT,
        TransportCommand.Kind.PREVIOUS,
        TransportCommand.Kind.SEEK,
        TransportCommand.Kind.JUMP,
        TransportCommand.Kind.ORDER);
  }

  @Override
  public Optional<String> navigate(String from, TransportCommand command) {
    int t = trackOf(from);
    long f = frameOf(from);
    return switch (command) {
      case TransportCommand.Next n -> place(t + 1, 0);
      case TransportCommand.Previous p -> f > 3L * format.rate() ? place(t, 0) : place(t - 1, 0);
      case TransportCommand.Seek s -> place(t, format.framesIn(s.position().toNanos() / 1000));
      case TransportCommand.SeekBy s ->
          place(t, Math.max(0, f + format.framesIn(s.offset().toNanos() / 1000)));
      case TransportCommand.Jump j -> place(Integer.parseInt(j.trackId().substring(1)), 0);
      case TransportCommand.SetShuffle s -> {
        shuffle = s.shuffle();
        yield Optional.of(from);
      }
      case TransportCommand.SetRepeat r -> Optional.of(from);
      case TransportCommand.SetVolume v -> throw new AssertionError("it said it cannot");
      case TransportCommand.SetMute m -> throw new AssertionError("it said it cannot");
      case TransportCommand.SetRate r -> throw new AssertionError("it said it cannot");
      case TransportCommand.Play p -> place(0, 0);
      case TransportCommand.Pause p -> throw new AssertionError("the host's own");
      case TransportCommand.Stop s -> throw new AssertionError("the host's own");
    };
  }

  private Optional<String> place(int t, long f) {
    return t < 0 || t >= tracks || f >= frames ? Optional.empty() : Optional.of(t + ":" + f);
  }

  @Override
  public PlayOrder order() {
    return new PlayOrder(shuffle, PlayOrder.Repeat.NONE);
  }

  @Override
  public void heard(String token) {
    heard = token;
  }

  @Override
  public void close() {
    closed = true;
  }
}
