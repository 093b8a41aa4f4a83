package dev.tutti.player.playout;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.audio.dsp.PcmWriter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.session.Chunk;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.StreamHead;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A device with a crystal of its own, in virtual time, and what it played when. The stream's
 * samples tell their own place: frame n has the value n / 2^20, so that what sounds can be compared
 * with what is due. Our clock is the time axis.
 */
final class Room {
  static final double SCALE = 1 << 20;
  private static final double TONE_HZ = 100;
  static final int CHUNK_FRAMES = 960;
  private static final int PERIOD = 480;
  private static final int BUFFER = 3840;

  /** A run that the device was handed: when its first frame sounds, and the first channel. */
  record Heard(double soundsAtMicros, double microsPerFrame, float[] left) {}

  final SampleFormat stream;
  final SampleFormat format;
  final ChunkQueue queue = new ChunkQueue();
  final PlayOut out;
  final List<Heard> heard = new ArrayList<>();
  private final Decoding decoding;
  private final StreamHead head;
  private final PcmWriter writer;
  private final PcmReader reader;
  ClockView clock = view(0, 0, 0, 5_000_000_000L, 0);
  ServerSettings settings = new ServerSettings(400, 0, false, 100);
  DoubleUnaryOperator content = n -> n / SCALE;

  /** How the delay is reported, from the true one in frames. */
  DoubleUnaryOperator report = delay -> delay;

  double now = 1_000_000;
  private double devicePpm;

  /** Frames played by the device, as a line: so many at an instant. */
  private double playedAt = now;

  private double played;
  private long written;

  /** Of the stream's frame 0. */
  double firstTimestamp = serverMicros(now);

  long sentFrames;

  Room(SampleFormat stream, SampleFormat format, double devicePpm, boolean exact) {
    this.stream = stream;
    this.format = format;
    this.devicePpm = devicePpm;
    ByteBuffer header = CodecHeader.pcm(stream.rate(), stream.bits(), stream.channels()).header();
    byte[] bytes = new byte[header.remaining()];
    header.duplicate().get(bytes);
    head = new StreamHead("pcm", bytes);
    writer = new PcmWriter(stream.bits(), new Dither(3));
    reader = new PcmReader(format.bits());
    PieceRing ring = new PieceRing();
    decoding = new Decoding(queue, ring, format::channels);
    out =
        new PlayOut(
            new PlayOut.Setup(format, PERIOD, exact, VolumeCurve.DEFAULT, true, 0, () -> true),
            ring,
            () -> clock,
            () -> settings,
            new Gauges());
  }

  static Room of(double devicePpm) {
    SampleFormat format = new SampleFormat(48_000, 32, 2);
    return new Room(format, format, devicePpm, false);
  }

  static ClockView view(int epoch, long jump, long at, long base, double rate) {
    return new ClockView(epoch, jump, true, base, at, 0, rate, 1, 0, 1e-14, -5, 5, at);
  }

  double serverMicros(double local) {
    return clock.serverMicros(local);
  }

  /** Adds chunks up to so many seconds of the stream. */
  Room send(double untilSeconds) {
    while (sentFrames < untilSeconds * stream.rate()) {
      chunk(firstTimestamp + sentFrames * 1e6 / stream.rate());
    }
    return this;
  }

  void chunk(double timestamp) {
    float[] samples = new float[CHUNK_FRAMES * stream.channels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) content.applyAsDouble(sentFrames + i / stream.channels());
    }
    byte[] data = new byte[CHUNK_FRAMES * stream.frameBytes()];
    writer.toBytes(samples, 0, samples.length, stream.bits() == 32 ? 24 : stream.bits(), data, 0);
    queue.add(new Chunk(head, clock.epoch(), (long) timestamp, data));
    sentFrames += CHUNK_FRAMES;
  }

  /** Lets the device play. */
  Room play(double seconds) {
    double end = now + seconds * 1e6;
    while (now < end) {
      decoding.step();
      if (written - playedFrames() <= BUFFER - PERIOD) {
        request();
      }
      now += 1000;
    }
    return this;
  }

  private double playedFrames() {
    return Math.min(written, played + (now - playedAt) * rate());
  }

  private double rate() {
    return format.rate() * 1e-6 * (1 + devicePpm * 1e-6);
  }

  private void request() {
    byte[] bytes = new byte[PERIOD * format.frameBytes()];
    double delay = written - playedFrames();
    out.observe(report.applyAsDouble(delay), (long) now, 0);
    out.fill(bytes, PERIOD, (long) now);
    float[] samples = new float[PERIOD * format.channels()];
    reader.toFloats(bytes, 0, samples, 0, samples.length);
    float[] left = new float[PERIOD];
    for (int i = 0; i < PERIOD; i++) {
      left[i] = samples[i * format.channels()];
    }
    // The clock is read in whole microseconds, and so is the truth here.
    heard.add(new Heard((long) now + delay / rate(), 1 / rate(), left));
    written += PERIOD;
  }

  /** The device runs dry: nothing sounds for a while, what it was handed is gone. */
  void starve(double seconds) {
    now += seconds * 1e6;
    played = written;
    playedAt = now;
  }

  /** How late each frame of sound since an instant was, µs; what is silent is left out. */
  double[] lateMicros(double since) {
    List<Double> late = new ArrayList<>();
    for (Heard run : heard) {
      for (int i = 0; run.soundsAtMicros >= since && i < run.left.length; i += 7) {
        double index = run.left[i] * SCALE;
        double due =
            firstTimestamp
                + index * 1e6 / stream.rate()
                + 1000.0 * (settings.bufferMs() - settings.latencyMs());
        if (run.left[i] != 0) {
          late.add(serverMicros(run.soundsAtMicros + i * run.microsPerFrame) - due);
        }
      }
    }
    return late.stream().mapToDouble(d -> d).toArray();
  }

  /** A tone whose phase tells the time to a few nanoseconds, but only modulo its period, 10 ms. */
  Room tone() {
    content = n -> 0.5 * Math.sin(2 * Math.PI * TONE_HZ * n / stream.rate());
    return this;
  }

  /** With {@link #tone}: how late each run of 10 ms since an instant was, µs. */
  double[] toneLateMicros(double since) {
    double[] late = new double[heard.size()];
    int count = 0;
    for (Heard run : heard) {
      if (run.soundsAtMicros >= since) {
        late[count++] = toneLate(run);
      }
    }
    return java.util.Arrays.copyOf(late, count);
  }

  private double toneLate(Heard run) {
    double re = 0;
    double im = 0;
    double start = firstTimestamp + 1000.0 * (settings.bufferMs() - settings.latencyMs());
    for (int i = 0; i < run.left.length; i++) {
      double seconds = (serverMicros(run.soundsAtMicros + i * run.microsPerFrame) - start) * 1e-6;
      re += run.left[i] * Math.cos(2 * Math.PI * TONE_HZ * seconds);
      im += run.left[i] * Math.sin(2 * Math.PI * TONE_HZ * seconds);
    }
    return Math.atan2(re, im) / (2 * Math.PI * TONE_HZ) * -1e6;
  }

  /** All that was heard since an instant. */
  float[] left(double since) {
    float[] all = new float[heard.size() * PERIOD];
    int at = 0;
    for (Heard run : heard) {
      if (run.soundsAtMicros >= since) {
        System.arraycopy(run.left, 0, all, at, PERIOD);
        at += PERIOD;
      }
    }
    return java.util.Arrays.copyOf(all, at);
  }
}
