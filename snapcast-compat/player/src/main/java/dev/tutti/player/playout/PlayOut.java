package dev.tutti.player.playout;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Piece;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Cue;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills what a device asks for, so that each frame sounds at its instant: timestamp + buffer −
 * latency on the server's clock. Begins to the nearest frame, then steers the resampler by a few
 * ppm and leaves out or doubles nothing; jumps, faded and counted, only when the error is beyond
 * steering. A step function: the time comes from the caller. For the playing thread; allocates
 * nothing while a stream goes on.
 */
public final class PlayOut {
  private static final System.Logger LOG = System.getLogger(PlayOut.class.getName());
  private static final double FADE_MS = 5;

  /**
   * Before the clock is known this well, and the device is steady, sound does not begin, for a
   * moment.
   */
  private static final double FAIR_CLOCK_MICROS = 200;

  private static final long PATIENCE_MICROS = 1_000_000;
  private static final double REST_MICROS = 500;

  private final SampleFormat format;
  private final Supplier<ClockView> clocks;
  private final Supplier<ServerSettings> settings;
  private final int localLatencyMs;
  private final boolean exact;
  private final Supply supply;
  private final DeviceClock device;
  private final Steering steering;
  private final Gauges gauges;
  private final Fade fade;
  private final VolumeStage volume;
  private final float[] made;
  private final @Nullable PackVoice voice;
  private final Supplier<ClockView> voiceClocks;
  private final BooleanSupplier hushed;
  private long written;
  private long knownSince = Long.MIN_VALUE;
  private boolean playing;
  private boolean ending;
  private int fadedIn;
  private int fadedOut = -1;
  private double ppm;
  private int exactBits;
  private long underruns;
  private long resyncs;
  private long deviceBreaks;

  /**
   * How to play.
   *
   * @param format of the device
   * @param maxFrames the most a device asks for at once
   * @param exact whether the device's clock is ours: then small errors are left alone, so that
   *     samples pass bit by bit
   * @param softwareVolume whether the volume is applied here
   * @param localLatencyMs how much earlier to play, beside what the server says
   * @param made for the laboratory: while it says no, frames are only counted, not made
   */
  public record Setup(
      SampleFormat format,
      int maxFrames,
      boolean exact,
      VolumeCurve curve,
      boolean softwareVolume,
      int localLatencyMs,
      BooleanSupplier made) {}

  /**
   * What is played when nothing comes.
   *
   * @param ring its pieces, with instants of its clock
   * @param cues when to cross to it and back, on the server's clock
   * @param clocks what it is played by: the server's clock as cut-off rooms have it, never jumping
   * @param hushed whether nothing at all is to be heard now
   */
  public record Beside(
      PieceRing ring, Supplier<Cue> cues, Supplier<ClockView> clocks, BooleanSupplier hushed) {}

  /** Plays the stream and nothing else. */
  public PlayOut(
      Setup setup,
      PieceRing ring,
      Supplier<ClockView> clocks,
      Supplier<ServerSettings> settings,
      Gauges gauges) {
    this(setup, ring, clocks, settings, gauges, null);
  }

  /**
   * @param beside the fallback; null for silence
   */
  public PlayOut(
      Setup setup,
      PieceRing ring,
      Supplier<ClockView> clocks,
      Supplier<ServerSettings> settings,
      Gauges gauges,
      @Nullable Beside beside) {
    this.format = setup.format();
    this.clocks = clocks;
    this.settings = settings;
    this.gauges = gauges;
    this.underruns = gauges.underruns();
    this.resyncs = gauges.resyncs();
    this.deviceBreaks = gauges.deviceBreaks();
    this.localLatencyMs = setup.localLatencyMs();
    this.exact = setup.exact();
    this.supply = new Supply(ring, format.channels(), format.rate(), setup.made());
    this.device = new DeviceClock(format.rate());
    this.steering = new Steering(setup.exact() ? REST_MICROS : 0);
    this.fade = Fade.ofMillis(FADE_MS, format.rate(), Fade.Curve.EQUAL_GAIN);
    this.volume = new VolumeStage(format, setup.curve(), setup.softwareVolume());
    this.made = new float[setup.maxFrames() * format.channels()];
    this.voiceClocks = beside == null ? clocks : beside.clocks();
    this.hushed = beside == null ? () -> false : beside.hushed();
    this.voice =
        beside == null
            ? null
            : new PackVoice(
                beside.ring(),
                beside.cues(),
                format.channels(),
                format.rate(),
                setup.maxFrames(),
                setup.exact() ? REST_MICROS : 0,
                setup.made());
  }

  /** What can be read off. Any thread. */
  public Gauges gauges() {
    return gauges;
  }

  /** The timestamp of the next frame, where a sound is being played. For the playing thread. */
  public double nextMicros() {
    return supply.nextMicros();
  }

  /** Whether the fallback is heard, or being crossed from or to. For the playing thread. */
  public boolean isFallbackHeard() {
    return voice != null && voice.isHeard();
  }

  /** Whether a sound is being played, not only silence. For the playing thread. */
  public boolean isPlaying() {
    return playing;
  }

  /**
   * Takes in what the device says.
   *
   * @param delayFrames how many frames sound before the first of those asked for next
   * @param readMicros when that was read
   * @param withinMicros that instant is certain within this
   */
  public void observe(double delayFrames, long readMicros, double withinMicros) {
    if (!device.observe(written - delayFrames, readMicros, withinMicros)) {
      gauges.deviceBreaks = ++deviceBreaks;
    }
    gauges.deviceDelayMicros = delayFrames * 1e6 / format.rate();
  }

  /**
   * Fills a device's request.
   *
   * @param out receives PCM of the device's format, as Snapcast lays it out
   * @param frames how many, up to the setup's most
   */
  public void fill(byte[] out, int frames, long nowMicros) {
    ClockView clock = clocks.get();
    supply.follow(clock);
    ServerSettings told = settings.get();
    volume.follow(
        told.muted() || hushed.getAsBoolean(), told.volumePercent(), playing || isFallbackHeard());
    int done = 0;
    if (playing && !ending && fadedOut < 0) {
      steer(clock, nowMicros);
    }
    followVoice(clock, nowMicros);
    while (done < frames) {
      if (!playing) {
        int waited = begin(clock, frames - done, written + done, nowMicros);
        rest(clock, out, done, waited, nowMicros);
        done += waited;
      } else {
        done += play(clock, out, done, frames, nowMicros);
      }
    }
    written += frames;
    gauges.frames = written;
    gauges.filledAtMicros = nowMicros;
    gauges.playing = playing || isFallbackHeard();
  }

  private void followVoice(ClockView server, long nowMicros) {
    ClockView clock = voiceClocks.get();
    if (voice != null && clock.known()) {
      double neededPpm = (clock.rate() - device.rate()) * 1e6;
      ClockView counted = server.known() ? server : clock;
      voice.follow(clock, counted, clockMicros(clock, written, nowMicros), neededPpm);
    }
  }

  /** What the server's clock is to show when a frame sounds. */
  private double clockMicros(ClockView clock, long frame, long nowMicros) {
    return dueMicros(clock, frame, nowMicros) + 1000.0 * settings.get().bufferMs();
  }

  /** Silence, or what is played instead. */
  private void rest(ClockView clock, byte[] out, int done, int count, long nowMicros) {
    ClockView by = clock.known() ? clock : voiceClocks.get();
    if (voice == null || count == 0 || !isReady(by, nowMicros)) {
      volume.silence(out, done, count);
      return;
    }
    Arrays.fill(made, 0, count * format.channels(), 0);
    double place = clockMicros(by, written + done, nowMicros);
    boolean muted = volume.isShut();
    if (!mixVoice(voice, count, false, place, done, nowMicros)) {
      volume.silence(out, done, count);
      return;
    }
    volume.apply(made, count);
    write(out, done, count, muted && volume.isShut(), 0);
  }

  private boolean mixVoice(
      PackVoice heard, int count, boolean sounds, double place, int done, long nowMicros) {
    ClockView clock = voiceClocks.get();
    double due = clockMicros(clock, written + done, nowMicros);
    return clock.known() && heard.mix(made, count, sounds, place, due, clock);
  }

  private void write(byte[] out, int done, int count, boolean silent, int bits) {
    if (silent) {
      volume.silence(out, done, count);
    } else {
      volume.write(made, count, bits, out, done);
    }
  }

  private double bufferMicros() {
    ServerSettings told = settings.get();
    return 1000.0 * Math.max(0, told.bufferMs() - told.latencyMs() - localLatencyMs);
  }

  /** The timestamp that is due when a frame sounds. */
  private double dueMicros(ClockView clock, long frame, long nowMicros) {
    return clock.serverMicros(device.soundsAt((double) frame, nowMicros)) - bufferMicros();
  }

  private void steer(ClockView clock, long nowMicros) {
    double early = supply.nextMicros() - dueMicros(clock, written, nowMicros);
    gauges.errorMicros = early;
    gauges.boundMicros = clock.boundMicros((double) nowMicros);
    gauges.likelyMicros =
        Math.hypot(
            clock.likelyErrorMicros((double) nowMicros), device.likelyErrorMicros(nowMicros));
    gauges.devicePpm = device.rate() * 1e6;
    if (Steering.isLost(early)) {
      gauges.resyncs = ++resyncs;
      fadedOut = 0;
      LOG.log(
          System.Logger.Level.WARNING,
          "the sound is {0} ms {1}; beginning anew at the right place",
          Math.round(Math.abs(early) / 1000),
          early > 0 ? "early" : "late");
      return;
    }
    ppm = steering.ppm(early, (clock.rate() - device.rate()) * 1e6);
    supply.setPpm(ppm);
    gauges.ppm = ppm;
  }

  /**
   * Waits for, or begins, a sound.
   *
   * @return frames of silence before it, at most {@code frames}
   */
  private int begin(ClockView clock, int frames, long first, long nowMicros) {
    if (!isReady(clock, nowMicros)) {
      return frames;
    }
    double due = dueMicros(clock, first, nowMicros);
    for (Piece piece = supply.first(clock); piece != null; piece = supply.first(clock)) {
      double wait = Supply.timestamp(piece, clock) - due;
      int silent = (int) Math.min(frames, Math.round(Math.max(0, wait) * format.rate() / 1e6));
      if (silent == frames || piece.channels() != format.channels()) {
        return frames;
      }
      int skip =
          (int) Math.min(piece.frames(), Math.round(-Math.min(0, wait) * piece.rate() / 1e6));
      if (skip < piece.frames()) {
        supply.begin(piece, skip, clock);
        startPlaying();
        return silent;
      }
      supply.drop();
    }
    return frames;
  }

  private boolean isReady(ClockView clock, long nowMicros) {
    if (!clock.known() || !device.isKnown()) {
      return false;
    }
    if (knownSince == Long.MIN_VALUE) {
      knownSince = nowMicros;
    }
    return (clock.likelyErrorMicros((double) nowMicros) < FAIR_CLOCK_MICROS
            && (exact || device.isSteady(nowMicros)))
        || nowMicros - knownSince > PATIENCE_MICROS;
  }

  private void startPlaying() {
    playing = true;
    ending = false;
    fadedIn = 0;
    fadedOut = -1;
    ppm = 0;
    steering.begin();
    supply.setPpm(0);
  }

  /** Makes frames of the sound; 0 if it had to be fed or has ended. */
  private int play(ClockView clock, byte[] out, int done, int frames, long nowMicros) {
    double place = supply.nextMicros() + 1000.0 * settings.get().bufferMs();
    int count = supply.drain(made, frames - done);
    if (count == 0) {
      feed(clock);
      return 0;
    }
    boolean silent = volume.isShut();
    // The volume is put on the fallback as well, so it comes after it where there is one.
    boolean changed = voice == null && volume.apply(made, count);
    if (fadedIn < fade.frames()) {
      fade.fadeIn(made, 0, count, format.channels(), fadedIn);
      fadedIn += count;
      changed = true;
    }
    if (fadedOut >= 0) {
      fade.fadeOut(made, 0, count, format.channels(), fadedOut);
      fadedOut += count;
      changed = true;
    }
    if (voice != null) {
      changed |= mixVoice(voice, count, true, place, done, nowMicros);
      changed |= volume.apply(made, count);
    }
    boolean untouched = !changed && ppm == 0 && supply.sameRate();
    write(out, done, count, silent && volume.isShut(), untouched ? exactBits : 0);
    if (fadedOut >= fade.frames()) {
      playing = false;
    }
    return count;
  }

  private void feed(ClockView clock) {
    if (ending) {
      playing = false;
      return;
    }
    Piece next = supply.peek(clock);
    exactBits = next == null ? exactBits : next.exactBits();
    if (!supply.feed(clock)) {
      boolean missed = voice == null || !voice.takesOver();
      if (!supply.ended() && missed) {
        gauges.underruns = ++underruns;
      }
      ending = true;
      supply.slideOut();
      supply.flush();
    }
  }
}
