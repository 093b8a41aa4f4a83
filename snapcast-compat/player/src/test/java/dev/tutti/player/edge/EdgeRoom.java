package dev.tutti.player.edge;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.audio.dsp.PcmWriter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.PackFeed;
import dev.tutti.player.fallback.PackSound;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.fallback.SwitchPlan;
import dev.tutti.player.mixer.Volume;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.Chunk;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.StreamHead;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.StreamServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The edge's code between a house whose clock runs differently and a client that remembers what it
 * is sent, in virtual time. Frame n of the house's stream has the value (n mod 2^20 + 1) / 2^21, so
 * that what comes out tells its own place. The fallback is one level below zero.
 */
final class EdgeRoom {
  static final int LOCAL_BUFFER_MS = 300;
  static final SampleFormat FORMAT = new SampleFormat(48_000, 24, 2);
  static final String CLIENT = "02:00:00:00:00:01";
  private static final double SCALE = 1 << 21;
  private static final int WRAP = 1 << 20;
  private static final double WRAP_MICROS = WRAP * 1e6 / FORMAT.rate();
  private static final int CHUNK_FRAMES = 1200;
  private static final long TICK = 1_000;

  /** What upstream was asked for, in order. */
  final List<String> asked = new ArrayList<>();

  final LocalClient client = new LocalClient(() -> this.now);
  ServerSettings settings = new ServerSettings(1000, 0, false, 100);
  boolean connected = true;
  long now = 7_000_000_123L;

  /** How long before it is due the house sends. */
  long aheadMicros;

  final FallbackSwitch chooser = new FallbackSwitch(SwitchPlan.DEFAULT);
  private final ClockView truth;
  private final @Nullable Route route;
  private final PackFeed packFeed;
  private @Nullable PackSound pack;
  private long servedAt = now;
  private double endMicros = Situation.NOTHING;
  private final ChunkQueue queue = new ChunkQueue();
  private final Decoding decoding;
  private final PlayOut out;
  private final BlockRing ring = ClientPlayer.ringFor(FORMAT, LOCAL_BUFFER_MS);
  private final EdgeOutput output;
  private final Gauges gauges = new Gauges();
  private final StandIn standIn;
  private final StreamServer server;
  private final StreamHead head;
  private final PcmWriter writer = new PcmWriter(FORMAT.bits(), new Dither(1));
  private final byte[] period;
  private final double firstTimestamp;
  private long sentFrames;
  private boolean cut;
  private @Nullable Session session;

  /**
   * A house whose clock is known exactly.
   *
   * @param ppm by how much it is faster than ours
   */
  EdgeRoom(double ppm) {
    this(ppm, null);
  }

  /** A house whose clock is asked for over a bad route. */
  static EdgeRoom behind(double ppm, long seed) {
    return new EdgeRoom(ppm, new Route(seed));
  }

  private EdgeRoom(double ppm, @Nullable Route route) {
    this.route = route;
    truth = new ClockView(0, 0, true, 90_000_000L, now, 0, ppm * 1e-6, 1, 0, 1e-14, -5, 5, now);
    firstTimestamp = truth.serverMicros((double) now);
    ByteBuffer header = CodecHeader.pcm(FORMAT.rate(), FORMAT.bits(), FORMAT.channels()).header();
    byte[] bytes = new byte[header.remaining()];
    header.duplicate().get(bytes);
    head = new StreamHead("pcm", bytes);
    PieceRing pieces = new PieceRing();
    PieceRing packPieces = new PieceRing();
    packFeed = new PackFeed(packPieces, FORMAT::channels);
    decoding = new Decoding(queue, pieces, () -> 0);
    output =
        new EdgeOutput(
            ring,
            () -> this.now,
            LOCAL_BUFFER_MS * 1000L,
            () -> !this.gauges.playing() && this.connected);
    period = new byte[output.periodFrames() * FORMAT.frameBytes()];
    out =
        new PlayOut(
            new PlayOut.Setup(
                FORMAT, output.periodFrames(), true, VolumeCurve.DEFAULT, false, 0, () -> true),
            pieces,
            this::known,
            () -> settings,
            gauges,
            new PlayOut.Beside(packPieces, chooser::cue, this::known, chooser::isHalted));
    standIn = new StandIn(new House(), LOCAL_BUFFER_MS);
    server =
        new StreamServer(
            Edge.policy(LOCAL_BUFFER_MS),
            standIn,
            (stream, ready) -> new RenderedStream(ring, CodecSpec.parse("pcm")),
            Encoders::open,
            () -> this.now,
            () -> {});
  }

  /** What the edge knows of the house's clock. */
  private ClockView known() {
    return route == null ? truth : route.known();
  }

  /** From now on there is a fallback. */
  EdgeRoom hasFallback() {
    pack = Level.pack(FORMAT);
    return this;
  }

  private final class House implements Upstream {
    @Override
    public void begin(Hello hello) {
      asked.add("begin " + hello.clientId());
    }

    @Override
    public void volumeChanged(Volume volume) {
      asked.add("volume " + volume.percent() + (volume.muted() ? " muted" : ""));
    }

    @Override
    public int bufferMs() {
      return settings.bufferMs();
    }

    @Override
    public void end() {
      asked.add("end");
    }
  }

  static Hello hello(String id) {
    return new Hello(
        id, "kitchen", "0.26.0", "Snapclient", "Linux", "x86_64", 1, id, 2, Optional.empty());
  }

  /** The client connects. */
  EdgeRoom join() {
    Session made = server.accept(client, "127.0.0.1", now);
    session = made;
    made.received(hello(CLIENT).frame(1, 0, now, now), now);
    made.received(LocalClient.timeRequest(now), now);
    return this;
  }

  /** The house stops sending, or goes on with what is due then. */
  void cut(boolean off) {
    cut = off;
    connected = !off;
    servedAt = now;
  }

  /** The house says how loud, as the mixer's thread would. */
  void tell(Volume volume) {
    server.sessions().place(standIn.clientId(), standIn.told(volume), now);
  }

  /** The client says something. */
  void say(ByteBuffer message) {
    Session to = session;
    if (to != null) {
      to.received(message, now);
    }
  }

  /** The edge's process stands still. */
  void freeze(double seconds) {
    now += Math.round(seconds * 1e6);
  }

  EdgeRoom run(double seconds) {
    long end = now + Math.round(seconds * 1e6);
    long nextAsk = now;
    while (now < end) {
      feed();
      if (route != null && connected) {
        route.step(truth, now);
      }
      decoding.step();
      choose();
      if (output.waitMicros() <= 0) {
        out.observe(output.delayFrames(), output.readAtMicros(), 0);
        out.fill(period, output.periodFrames(), now);
        output.write(period, output.periodFrames());
      }
      if (now >= nextAsk) {
        nextAsk = now + 1_000_000;
        say(LocalClient.timeRequest(now));
      }
      standIn.step(now);
      server.step(now);
      now += TICK;
    }
    return this;
  }

  private void choose() {
    PackSound sound = pack;
    if (sound != null) {
      chooser.step(situation(), now);
      packFeed.step(chooser.cue(), sound, known(), now);
    }
  }

  private Situation situation() {
    return new Situation(
        connected,
        servedAt,
        connected ? now : servedAt,
        connected ? now : servedAt,
        Math.round(endMicros),
        false,
        settings.bufferMs() * 1000L,
        aheadMicros,
        Math.round(gauges.deviceDelayMicros()) + 100_000,
        true,
        known());
  }

  private void feed() {
    double timestamp = firstTimestamp + sentFrames * 1e6 / FORMAT.rate();
    while (timestamp <= truth.serverMicros((double) now) + (cut ? 0 : aheadMicros)) {
      if (!cut) {
        float[] samples = new float[CHUNK_FRAMES * FORMAT.channels()];
        for (int i = 0; i < samples.length; i++) {
          samples[i] = (float) (((sentFrames + i / FORMAT.channels()) % WRAP + 1) / SCALE);
        }
        byte[] data = new byte[CHUNK_FRAMES * FORMAT.frameBytes()];
        writer.toBytes(samples, 0, samples.length, FORMAT.bits(), data, 0);
        queue.add(new Chunk(head, 0, Math.round(timestamp), data));
        endMicros = timestamp + CHUNK_FRAMES * 1e6 / FORMAT.rate() + 1000.0 * settings.bufferMs();
      }
      sentFrames += CHUNK_FRAMES;
      timestamp = firstTimestamp + sentFrames * 1e6 / FORMAT.rate();
    }
  }

  /** The left channel of a chunk that the client was sent. */
  static float[] left(LocalClient.Got chunk) {
    PcmReader reader = new PcmReader(FORMAT.bits());
    int count = chunk.data().length / reader.sampleBytes();
    float[] both = new float[count];
    reader.toFloats(chunk.data(), 0, both, 0, count);
    float[] left = new float[count / FORMAT.channels()];
    for (int i = 0; i < left.length; i++) {
      left[i] = both[i * FORMAT.channels()];
    }
    return left;
  }

  /**
   * How late each steady frame is that the client was sent since an instant, µs by the house's
   * clock, against a client that is connected directly. Silence and fades are left out.
   */
  List<Double> lateMicros(long since) {
    List<Double> late = new ArrayList<>();
    for (LocalClient.Got chunk : client.chunksSince(since)) {
      float[] left = left(chunk);
      long heardAt = chunk.timestampMicros() + LOCAL_BUFFER_MS * 1000L;
      for (int i = 0; i + 8 < left.length; i += 8) {
        double place = left[i] * SCALE - 1;
        boolean steady = left[i] != 0 && Math.abs((left[i + 8] - left[i]) * SCALE - 8) < 0.5;
        if (steady) {
          double due =
              firstTimestamp
                  + place * 1e6 / FORMAT.rate()
                  + 1000.0 * (settings.bufferMs() - settings.latencyMs());
          double off = truth.serverMicros(heardAt + i * 1e6 / FORMAT.rate()) - due;
          late.add(off - Math.rint(off / WRAP_MICROS) * WRAP_MICROS);
        }
      }
    }
    return late;
  }

  /** How often only a jump helped. */
  long resyncs() {
    return gauges.resyncs();
  }
}
