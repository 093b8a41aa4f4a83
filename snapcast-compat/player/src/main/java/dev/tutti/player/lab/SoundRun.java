package dev.tutti.player.lab;

import dev.tutti.player.fallback.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One outage, drawn from a seed, as it is heard: the real sessions and players with real samples.
 * One to three players, a shallow or a deep buffer, a live source or one that is sent ahead, and a
 * network or a server that goes and comes back. For one thread.
 */
public final class SoundRun {
  /** Three hours. */
  public static final double LONGEST = 10_800;

  private static final double SHORTEST = 0.5;

  /** A blip is shorter than this, and unheard where more than {@link #BRIDGES} is in hand. */
  private static final double BLIP = 3;

  private static final double BRIDGES = 6.4;
  private static final double HALF_HOUR = 1_800;
  private static final double STEP = 0.25;
  private static final int[] BUFFERS_MS = {800, 1000, 1000, 2000};
  private static final int[] DEPTHS_MS = {0, 4_000, 10_000, 60_000};

  /** Until islands that meet have noticed, and know each other's clocks. */
  private static final double MEETING = 45;

  private static final double SLEWED = 350;
  private static final double APART_MICROS = 5_000;
  private static final double RETURN_MICROS = 1_000;

  /** So long after the end of an outage all are back, unless the network flapped. */
  private static final double BACK = 60;

  private static final double BACK_AFTER_FLAPPING = 240;

  /** And stay so. */
  private static final double STAYS = 6;

  /** Who has not noticed before then that anything was gone never will. */
  private static final double LATE = 5;

  /** What happens. */
  public enum Kind {
    /** The network is gone for up to three seconds. */
    BLIP,
    /** It is gone for longer, for all; they reach each other. */
    CUT,
    /** As that, and they do not reach each other. */
    ALONE,
    /** It is gone for one player only. */
    ONE,
    /** It comes and goes. */
    FLAPPING,
    /** The server is killed, and started again. */
    KILL,
    /** Its machine starts anew, and its clock with it. */
    REBOOT,
    /** The network is gone for all, and they part and meet. */
    ISLANDS
  }

  private final SplittableRandom random;
  private final long seed;
  private final Kind kind;
  private final double seconds;
  private final boolean wifi;
  private final int bufferMs;
  private final int depthMs;
  private final LabProgram program;
  private final Events events = new Events();
  private final LabAir air;
  private final LabServer server;
  private final List<SoundPlayer> players = new ArrayList<>();
  private final int[] side;
  private final List<String> faults = new ArrayList<>();
  private double goneFor;
  private double meetingUntil;
  private double together;
  private double alone;
  private double returned;
  private long samples;
  private long outside;

  /**
   * @param longest outage, seconds; up to three hours
   */
  public SoundRun(long seed, double longest) {
    this.seed = seed;
    random = new SplittableRandom(seed ^ 0x50cdL);
    kind = Kind.values()[random.nextInt(Kind.values().length)];
    seconds =
        kind == Kind.BLIP
            ? random.nextDouble(SHORTEST, BLIP)
            : SHORTEST * Math.pow(longest / SHORTEST, random.nextDouble());
    bufferMs = BUFFERS_MS[random.nextInt(BUFFERS_MS.length)];
    depthMs = DEPTHS_MS[random.nextInt(DEPTHS_MS.length)];
    boolean live = random.nextInt(3) == 0;
    long delayMs = live ? Math.max(bufferMs, random.nextBoolean() ? 0 : depthMs) : 0;
    program = new LabProgram(Tone.STREAM::fill, live, delayMs * 1000);
    wifi = random.nextInt(3) == 0;
    Profile profile =
        new Profile(
            "outage",
            "",
            wifi ? Network.GOOD_WIFI : Network.CABLE,
            Profile.Away.NEAR,
            0,
            new Profile.Machines(0, 0),
            Profile.Server.steady(bufferMs),
            Profile.Promise.NONE);
    server = new LabServer(events, profile.server(), random.split(), Crystal::good, program);
    int count = kind == Kind.ISLANDS ? 3 : 1 + random.nextInt(3);
    air = new LabAir(events, count, random.split());
    side = new int[count];
    for (int i = 0; i < count; i++) {
      SoundPlayer player =
          new SoundPlayer(i, events, server, air, profile, depthMs, deepMs(), random.split());
      players.add(player);
      events.at(events.nowMicros() + random.nextDouble() * 1e6, player::start);
    }
    air.reach((a, b) -> side[a] == side[b]);
  }

  /** How much a player gets in hand at most. */
  private int deepMs() {
    long ahead = program.live() ? program.delayMicros() / 1000 : Integer.MAX_VALUE;
    return (int) Math.min(Math.max(bufferMs, depthMs), ahead);
  }

  /** What it is about, for people. */
  private String about() {
    return String.format(
        Locale.ROOT,
        "%d players, %s, buffer %d ms, asked for %d ms, at most %d ms in hand",
        players.size(),
        program.live() ? "live" : "on demand",
        bufferMs,
        depthMs,
        deepMs());
  }

  /** Lets it happen. */
  public SoundResult run() {
    pass(8 + random.nextDouble() * 8 + fill());
    boolean[] wasFull = full();
    begin();
    double change = kind == Kind.FLAPPING || kind == Kind.ISLANDS ? 0 : Double.MAX_VALUE;
    while (goneFor < seconds) {
      double more = Math.min(goneFor < 120 ? STEP : 10 * STEP, seconds - goneFor);
      pass(more);
      goneFor += more;
      compare();
      change -= more;
      if (change <= 0) {
        change = change();
      }
    }
    end();
    return result(wasFull);
  }

  /** So long it takes to fill the buffer, sometimes. */
  private double fill() {
    return random.nextInt(4) == 0 ? 0 : deepMs() / 1000.0;
  }

  private boolean[] full() {
    boolean[] full = new boolean[players.size()];
    for (int i = 0; i < full.length; i++) {
      full[i] = players.get(i).inHandSeconds() > BRIDGES;
    }
    return full;
  }

  private void pass(double time) {
    events.runUntil(events.nowMicros() + time * 1e6);
  }

  private void begin() {
    switch (kind) {
      case BLIP, CUT, ISLANDS -> cut(seconds);
      case ALONE -> {
        Arrays.setAll(side, i -> i);
        cut(seconds);
      }
      case ONE -> {
        side[0] = 1;
        players.getFirst().wire().cut(seconds * 1e6);
      }
      case KILL -> server.die(false, seconds * 1e6);
      case REBOOT -> server.die(true, seconds * 1e6);
      case FLAPPING -> {
        // Soon.
      }
    }
  }

  private void cut(double time) {
    players.forEach(player -> player.wire().cut(time * 1e6));
  }

  /** Something changes in the middle; answers when again. */
  private double change() {
    if (kind == Kind.ISLANDS) {
      Arrays.setAll(side, i -> random.nextInt(2));
      meetingUntil = goneFor + MEETING + apart(false) / SLEWED;
      return 30 + random.nextDouble() * 600;
    }
    if (goneFor < HALF_HOUR) {
      double time = 0.3 + random.nextDouble() * random.nextDouble() * 30;
      cut(Math.min(time, seconds - goneFor));
      return time + 0.3 + random.nextDouble() * 20;
    }
    return Double.MAX_VALUE;
  }

  /** Where the fallback is heard, of each against the others and against what they say. */
  private void compare() {
    for (SoundPlayer player : players) {
      double error = player.witness().packError();
      if (!Double.isNaN(error)) {
        samples++;
        outside += Math.abs(error) > player.boundMicros() ? 1 : 0;
      }
    }
    double now = apart(true);
    boolean meets = kind == Kind.ISLANDS && goneFor < meetingUntil;
    if (!meets) {
      together = Math.max(together, now);
    }
    if (kind == Kind.ALONE && goneFor < HALF_HOUR) {
      alone = Math.max(alone, apart(false));
    }
  }

  /**
   * How far any two are apart that play the fallback.
   *
   * @param reaching whether only those count that reach each other
   */
  private double apart(boolean reaching) {
    double most = 0;
    for (int i = 0; i < players.size(); i++) {
      for (int j = 0; j < i; j++) {
        double apart = players.get(i).witness().packError() - players.get(j).witness().packError();
        if (!Double.isNaN(apart) && (!reaching || side[i] == side[j])) {
          most = Math.max(most, Math.abs(apart));
        }
      }
    }
    return most;
  }

  /** Waits until all are back, and a little longer: on Wi-Fi one may lose the stream by himself. */
  private void end() {
    double patience = kind == Kind.FLAPPING ? BACK_AFTER_FLAPPING : BACK;
    Arrays.fill(side, 0);
    pass(LATE);
    double back = 0;
    for (double waited = 0; waited < patience + STAYS && back < STAYS; waited += STEP) {
      pass(STEP);
      back = allBack() ? back + STEP : 0;
    }
    for (SoundPlayer player : players) {
      double error = player.witness().streamError();
      if (Double.isNaN(error)) {
        player.witness().fault(events.nowMicros(), "the stream is not back");
      } else if (Math.abs(error) > Math.max(RETURN_MICROS, player.clockBoundMicros())) {
        player
            .witness()
            .fault(events.nowMicros(), String.format(Locale.ROOT, "back, but %.0f µs off", error));
      }
      returned = Math.max(returned, Double.isNaN(error) ? 0 : Math.abs(error));
    }
  }

  private boolean allBack() {
    return players.stream()
        .allMatch(player ->
            player.session().isConnected()
                && player.chooser().mode() == Mode.STREAM
                && !player.chooser().cue().pack()
                && !Double.isNaN(player.witness().streamError()));
  }

  private SoundResult result(boolean[] wasFull) {
    double gap = 0;
    double steepest = 0;
    int switches = 0;
    for (int i = 0; i < players.size(); i++) {
      SoundPlayer player = players.get(i);
      Witness witness = player.witness();
      gap = Math.max(gap, witness.gapMs());
      steepest = Math.max(steepest, witness.steepest());
      switches += player.chooser().switches();
      boolean blip = kind == Kind.BLIP && wasFull[i] && player.wire().cutSeconds() < BLIP - STEP;
      boolean unheard = blip || (kind == Kind.ONE && i > 0 && !wifi);
      if (unheard && player.chooser().switches() > 0) {
        faults.add("player " + i + ": the fallback was heard");
      }
      for (String fault : witness.faults()) {
        faults.add("player " + i + ", " + fault);
      }
    }
    if (together >= APART_MICROS || alone >= APART_MICROS) {
      faults.add(
          String.format(Locale.ROOT, "apart by %.0f µs in reach, %.0f µs alone", together, alone));
    }
    return new SoundResult(
        kind,
        seed,
        about(),
        seconds,
        switches,
        gap,
        steepest,
        together,
        alone,
        returned,
        samples,
        outside,
        List.copyOf(faults));
  }
}
