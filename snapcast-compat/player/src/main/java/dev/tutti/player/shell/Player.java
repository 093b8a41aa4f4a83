package dev.tutti.player.shell;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.keeper.House;
import dev.tutti.player.mixer.Mixer;
import dev.tutti.player.mixer.Volume;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.Identity;
import dev.tutti.player.session.ServerSession;
import dev.tutti.player.session.Vitals;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A running player. Its threads: {@code player-io} talks to the server, {@code player-decode}
 * decodes ahead, {@code player-play} plays, {@code player-mixer} sets a volume outside this program
 * if there is one. {@code player-fallback} decides what is played and decodes the fallback, {@code
 * player-fetch} fetches it where there is to be one, {@code player-keeper} asks other players for
 * the time when the server is gone. Any thread may call.
 */
public final class Player implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Player.class.getName());
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A change of what is played must be known so long before the device is handed the sound. */
  private static final long LEAD_MICROS = 100_000;

  private static final long END_MS = 500;
  private static final String SOFTWARE = software();

  private final MonotonicClock clock = new MonotonicClock();
  private final ClockFilter filter = new ClockFilter();
  private final ChunkQueue queue = new ChunkQueue();
  private final PieceRing ring = new PieceRing();
  private final Gauges gauges = new Gauges();
  private final ServerSession session;
  private final ServerLink link;
  private final Decoding decoding;
  private final Playback playback;
  private final Identity identity;
  private final Optional<Mixer> mixer;
  private final FallbackVoice fallback;
  private final Optional<KeeperDoor> keeper;
  private final Optional<Thread> fetch;
  private final Thread io;
  private final Thread decode;
  private final Thread play;
  private final CountDownLatch outputGone = new CountDownLatch(1);
  private volatile long beganAt;

  private static String software() {
    String version = Identity.programVersion();
    return "Tutti " + (version.isEmpty() ? "" : version + " ") + "on Java " + Runtime.version();
  }

  /** Does nothing yet but prepare. */
  public Player(PlayerSetup setup) throws IOException {
    decode = Thread.ofPlatform().name("player-decode").daemon(true).unstarted(this::decode);
    link = new ServerLink(setup.servers(), setup.certificates(), clock, new Listening());
    session =
        new ServerSession(
            link,
            setup.identity(),
            filter,
            queue,
            new SplittableRandom(clock.getAsLong()),
            this::vitals,
            setup.depthMs());
    identity = setup.identity();
    FallbackSetup kept = setup.fallback();
    boolean shared = kept.enabled() && kept.own().isEmpty();
    Kept before = new Kept(kept, identity.instance());
    keeper =
        shared
            ? Optional.of(new KeeperDoor(filter::view, session::clockId, clock, before.port()))
            : Optional.empty();
    fallback = voice(setup, before);
    fetch = shared ? Optional.of(fetch(fallback, setup.certificates(), before)) : Optional.empty();
    mixer = setup.control().map(spec -> new Mixer(spec, this::changedAtDevice));
    playback =
        new Playback(
            setup,
            ring,
            filter::view,
            session::settings,
            clock,
            gauges,
            () -> LockSupport.unpark(decode),
            fallback.beside());
    decoding = new Decoding(queue, ring, playback::channels);
    io = Thread.ofPlatform().name("player-io").daemon(true).unstarted(this::talk);
    play = Thread.ofPlatform().name("player-play").daemon(true).unstarted(this::keepPlaying);
  }

  private FallbackVoice voice(PlayerSetup setup, Kept before) {
    FallbackVoice voice =
        new FallbackVoice(
            setup.fallback(),
            ready -> situation(ready, setup.depthMs()),
            filter::view,
            clock,
            () -> playback.opened(),
            () -> keeper.map(KeeperDoor::reference).orElse(null),
            () -> look(before));
    if (setup.fallback().enabled()) {
      session.watch();
      before.settings().ifPresent(session::remember);
      before.house().ifPresent(house -> keeper.ifPresent(door -> door.house(house)));
      if (before.played()) {
        voice.chooser().expect(clock.getAsLong());
      }
    }
    return voice;
  }

  private void look(Kept kept) {
    boolean served = session.counts().connections() > 0;
    kept.look(session.settings(), fallback.chooser().mode(), served);
  }

  private Thread fetch(FallbackVoice voice, Certificates certificates, Kept kept) {
    PackFetch fetching =
        new PackFetch(
            voice.folder(),
            id(),
            () -> session.extension().flatMap(told -> link.web(told.httpPort())),
            certificates,
            voice::installed,
            keeper,
            house -> met(house, kept));
    return Thread.ofPlatform().name("player-fetch").daemon(true).unstarted(fetching);
  }

  private void met(House house, Kept kept) {
    keeper.ifPresent(door -> {
      door.house(house);
      kept.house(house, door.port());
    });
  }

  private Situation situation(boolean ready, int depthMs) {
    long now = clock.getAsLong();
    return new Situation(
        session.isConnected(),
        session.servedAtMicros(),
        session.heardAtMicros(),
        session.soundAtMicros(),
        session.endMicros(now),
        session.isBroken(now),
        session.settings().bufferMs() * 1000L,
        depthMs * 1000L,
        Math.round(gauges.deviceDelayMicros()) + LEAD_MICROS,
        ready,
        fallback.clock());
  }

  /** Begins. */
  public void start() {
    fallback.start();
    fetch.ifPresent(Thread::start);
    keeper.ifPresent(door -> Thread.ofPlatform().name("player-keeper").daemon(true).start(door));
    beganAt = clock.getAsLong();
    mixer.ifPresent(Mixer::start);
    io.start();
    decode.start();
    play.start();
  }

  /** What the link tells, on the I/O thread. */
  private final class Listening implements ServerLink.Listener {
    @Override
    public void received() {
      LockSupport.unpark(decode);
    }

    @Override
    public void settings(ServerSettings settings) {
      // The sound looks itself.
      mixer.ifPresent(each -> each.set(new Volume(settings.volumePercent(), settings.muted())));
    }
  }

  private void changedAtDevice(Volume volume) {
    link.post(
        talking -> talking.volumeChanged(volume.percent(), volume.muted(), clock.getAsLong()));
  }

  private void talk() {
    Urgency.raise();
    try {
      link.run(session);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the network cannot be used", e);
    }
  }

  private void decode() {
    while (!Thread.currentThread().isInterrupted()) {
      if (decoding.step()) {
        LockSupport.parkNanos(LOOK_NANOS);
      } else {
        LockSupport.park();
      }
    }
  }

  private void keepPlaying() {
    Urgency.raise();
    try {
      playback.run();
      outputGone.countDown();
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "asked to stop playing");
    }
  }

  /** Plays nothing until {@link #play}; stays connected. If it is so already, nothing changes. */
  public void stop() {
    fallback.chooser().stop();
  }

  /** Plays the stream, or the fallback where that has failed, as it does from the beginning. */
  public void play() {
    fallback.chooser().play();
  }

  /** Whether it was told to stop. */
  public boolean isStopped() {
    return fallback.chooser().isHalted();
  }

  /**
   * Sets the volume here, and tells the server, now or when it is back; mute stays as it is.
   *
   * @param percent 0 to 100
   */
  public void volume(int percent) {
    changedAtDevice(new Volume(percent, session.settings().muted()));
  }

  /** What is played when the server is gone. */
  public FallbackVoice fallback() {
    return fallback;
  }

  /** What servers know this player by. */
  public String id() {
    return identity.clientId();
  }

  /** Where the server is that serves, or was the last to do so. */
  public Optional<ServerAddress> server() {
    return link.address();
  }

  /** Waits until nothing can be played any more, and never will be; the log says why. */
  public void awaitOutputGone() throws InterruptedException {
    outputGone.await();
  }

  /** How the sound is. */
  public Gauges gauges() {
    return gauges;
  }

  /** The conversation with the server. */
  public ServerSession session() {
    return session;
  }

  /** What is known of the server's clock. */
  public ClockFilter clock() {
    return filter;
  }

  /** The device in use, for people. */
  public String device() {
    return playback.device();
  }

  private Vitals vitals() {
    return new Vitals(
        gauges.playing(),
        gauges.errorMicros(),
        gauges.likelyMicros(),
        gauges.devicePpm(),
        gauges.ppm(),
        gauges.deviceDelayMicros(),
        gauges.underruns(),
        gauges.resyncs(),
        gauges.deviceBreaks(),
        device(),
        SOFTWARE,
        fallback.report());
  }

  /** How the player does, for those on this machine who ask. */
  public PlayerStatus status() {
    long now = clock.getAsLong();
    ServerSettings settings = session.settings();
    boolean connected = session.isConnected();
    long filledAt = gauges.filledAtMicros();
    return new PlayerStatus(
        identity.instance(),
        ProcessHandle.current().pid(),
        (now - beganAt) / 1000,
        connected,
        connected ? (now - session.servedAtMicros()) / 1000 : 0,
        session.extension().isPresent(),
        link.server(),
        decoding.stream(),
        settings.bufferMs(),
        settings.latencyMs(),
        settings.volumePercent(),
        settings.muted(),
        filledAt == Long.MIN_VALUE ? -1 : Math.max(0, now - filledAt) / 1000,
        fallback.status(),
        fallback.holdoverErrorMicros(),
        session.needsMore(),
        session.report(vitals(), now));
  }

  /** Stops; waits a moment for the threads. */
  @Override
  public void close() {
    mixer.ifPresent(Mixer::close);
    fallback.close();
    fetch.ifPresent(Thread::interrupt);
    keeper.ifPresent(KeeperDoor::close);
    link.stop();
    play.interrupt();
    decode.interrupt();
    try {
      for (Thread each : new Thread[] {io, decode, play}) {
        each.join(END_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
