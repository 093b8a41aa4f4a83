package dev.tutti.player.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.measure.Click;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A minute in hand that costs no responsiveness (S0-1; design 3.3, 3.9). */
class DeepBufferTest {
  private static final int DEPTH_MS = 60_000;
  private static final long REACTION = 250_000;

  /** Its own 40 ms and the 300 of its client. */
  private static final long EDGE_HOLDS = 340_000;

  /** Says where sound is not what is due then, between two instants. */
  private static void assertContinuous(Listener ears, long from, long to) {
    int before = ears.left(ears.frameAt(from));
    for (int frame = ears.frameAt(from) + 1; frame < ears.frameAt(to); frame++) {
      int now = ears.left(frame);
      boolean follows = now == before + 1 || (before == 14_999 && now == -15_000);
      if (!follows) {
        throw new AssertionError(
            "%d after %d, %.3f s after the beginning"
                .formatted(now, before, (ears.soundsAt(frame) - from) / 1e6));
      }
      before = now;
    }
  }

  /** The first frame of a version that is heard. */
  private static int firstOf(Listener ears, int version, long from) {
    for (int frame = ears.frameAt(from); frame < ears.frames(); frame++) {
      if (ears.version(frame) == version) {
        return frame;
      }
    }
    throw new AssertionError("version " + version + " is not heard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac"})
  void aMinuteIsInHandAfterSeventySecondsAndSoundsAsIfItWereNot(String codec) {
    Room room = new Room(codec);
    Listener deep = room.listener("deep", DEPTH_MS);
    Listener stock = room.listener("stock", 0);
    room.run(5);
    long from = room.now();
    room.run(65);
    assertThat(deep.inHandSeconds()).isBetween(58.0, 60.5);
    assertThat(stock.inHandSeconds()).isLessThan(1.1);
    assertContinuous(deep, from, room.now());
    int frame = deep.frameAt(from + 1_000_000);
    assertThat(deep.left(frame)).isEqualTo(stock.left(stock.frameAt(from + 1_000_000)));
    assertThat(deep.queue().bytes()).isLessThan(61L * 24_000 * 4 + 64 * 3100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "opus"})
  void aStockClientIsSentTheSameBytesWhoeverElseListens(String codec) {
    Room alone = new Room(codec);
    Listener one = alone.listener("stock", 0);
    Room together = new Room(codec);
    Listener other = together.listener("stock", 0);
    together.listener("deep", DEPTH_MS);
    alone.run(15);
    together.run(15);
    assertThat(other.bytesSum()).isEqualTo(one.bytesSum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac"})
  void aServerThatIsGoneForFiftySecondsIsNotMissed(String codec) {
    Room room = new Room(codec);
    Listener deep = room.listener("deep", DEPTH_MS);
    room.run(70);
    long from = room.now() - 5_000_000;
    room.kill();
    room.run(50);
    room.start();
    room.run(30);
    assertContinuous(deep, from, room.now());
    assertThat(deep.inHandSeconds()).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac"})
  void aSkipIsHeardByAllAtTheSameFrameWithinAQuarterOfASecond(String codec) {
    Room room = new Room(codec);
    List<Listener> group =
        List.of(
            room.listener("a", DEPTH_MS),
            room.listener("b", DEPTH_MS, 20e6, 4_000),
            room.listener("c", 30_000, 100e6, 300));
    room.run(70);
    for (int version = 1; version <= 3; version++) {
      long asked = room.now();
      long at = room.program().change();
      room.run(3.137);
      for (Listener each : group) {
        assertThat(at - asked).isLessThan(REACTION);
        assertThat(each.soundsAt(firstOf(each, version, asked))).isBetween(at - 21.0, at + 63.0);
        assertContinuous(each, asked - 1_000_000, room.now());
        assertThat(each.version(each.frames() - 1)).isEqualTo(version);
      }
    }
  }

  @Test
  void aSkipIsHeardAtTheSameFrameBesideAnEdgeWhoseClientHoldsMore_S0_1() {
    Room room = new Room("flac");
    List<Listener> group =
        List.of(
            room.listener("player", DEPTH_MS),
            room.listener("edge", DEPTH_MS, 100e6, 300, EDGE_HOLDS));
    room.run(70);
    long asked = room.now();
    long at = room.program().change();
    room.run(3);
    for (Listener each : group) {
      assertThat(at - asked).isLessThan(500_000);
      assertThat(each.soundsAt(firstOf(each, 1, asked))).isBetween(at - 21.0, at + 63.0);
    }
  }

  @Test
  void aPauseIsHeardAtOnceToo() {
    Room room = new Room("flac");
    Listener deep = room.listener("deep", DEPTH_MS);
    room.run(40);
    long at = room.program().rest();
    room.run(2);
    assertThat(deep.version(deep.frameAt(at - 10_000))).isZero();
    assertThat(deep.version(deep.frameAt(at + 20_000))).isEqualTo(-1);
  }

  @Test
  void anotherStreamIsHeardAtOnceAndByAllAtTheSameFrame() {
    Room room = new Room("flac");
    Listener one = room.listener("a", DEPTH_MS);
    Listener two = room.listener("b", DEPTH_MS, 20e6, 4_000);
    room.run(70);
    for (String stream : List.of("other", "music", "other")) {
      long asked = room.now();
      room.tune(stream);
      room.run(3);
      int version = stream.equals("other") ? Room.OTHER : 0;
      double first = one.soundsAt(firstOf(one, version, asked + 100_000));
      assertThat(first - asked).isLessThan(REACTION);
      assertThat(two.soundsAt(firstOf(two, version, asked + 100_000)))
          .isBetween(first - 63, first + 63);
      assertThat(one.version(one.frames() - 1)).isEqualTo(version);
    }
    room.tune("nothing");
    room.run(0.3);
    assertThat(one.version(one.frames() - 1)).isEqualTo(-1);
  }

  @Test
  void whatChangedWhileTheServerWasAwayIsHeardAsSoonAsItIsBack() {
    Room room = new Room("flac");
    Listener deep = room.listener("deep", DEPTH_MS);
    room.run(70);
    room.kill();
    room.program().change();
    room.run(10);
    assertThat(deep.version(deep.frames() - 1)).isZero();
    room.start();
    room.run(5);
    assertThat(deep.version(deep.frames() - 1)).isEqualTo(1);
  }

  /**
   * What {@link #watch} saw.
   *
   * @param clock how far off the player's clock was, at most
   * @param waiting how long a Time reply would have waited for what is on the wire, at most
   */
  private record Micros(double clock, long waiting) {}

  private static Micros watch(Room room, Listener ears, int seconds) {
    double clock = 0;
    long wait = 0;
    for (int i = 0; i < 10 * seconds; i++) {
      room.run(0.1);
      clock = Math.max(clock, Math.abs(ears.clockErrorMicros()));
      wait = Math.max(wait, ears.waitMicros());
    }
    return new Micros(clock, wait);
  }

  /** How long after it was asked for a change is heard, and how far from the frame it is due at. */
  private static double reaction(Room room, Listener ears, int version) {
    long asked = room.now();
    long at = room.program().change();
    room.run(3);
    double heard = ears.soundsAt(firstOf(ears, version, asked));
    // A device that keeps our clock is not steered for less than 500.
    assertThat(heard - at).as("µs from when it is due").isBetween(-550.0, 550.0);
    assertContinuous(ears, asked - 1_000_000, room.now());
    return heard - asked;
  }

  @Test
  void aRefillOverASlowWireDisturbsNeitherClockNorCommands() {
    Room room = new Room("pcm"); // 0.77 Mbit/s
    Listener deep = room.listener("deep", DEPTH_MS, 2e6, 3_000);
    room.run(5);
    Micros filling = watch(room, deep, 40);
    assertThat(deep.inHandSeconds()).isGreaterThan(40);
    room.run(30);
    assertThat(deep.inHandSeconds()).isGreaterThan(58);
    Micros full = watch(room, deep, 40);
    double quiet = reaction(room, deep, 1);
    room.run(2);
    double busy = reaction(room, deep, 2); // while it is filled anew
    System.getLogger(getClass().getName())
        .log(
            System.Logger.Level.INFO,
            "refill over 2 Mbit/s: clock at most {0} µs off (else {1}), a reply waits {2} µs at"
                + " most (else {3}), a change is heard after {4} µs (else {5})",
            filling.clock(),
            full.clock(),
            filling.waiting(),
            full.waiting(),
            busy,
            quiet);
    assertThat(filling.clock()).isLessThan(200);
    assertThat(filling.waiting()).isLessThan(70_000);
    assertThat(busy).isLessThan(REACTION).isLessThan(quiet + 25_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {120_000, 300_000, 700_000})
  void aSkipThatIsLongOnItsWayIsHeardLateButWithoutAGap(long delayMicros) {
    Room room = new Room("flac");
    Listener far = room.listener("far", DEPTH_MS, 10e6, delayMicros);
    room.run(70);
    long asked = room.now();
    room.program().change();
    room.run(4);
    assertThat(far.soundsAt(firstOf(far, 1, asked)) - asked).isLessThan(delayMicros + 300_000);
    assertContinuous(far, asked - 1_000_000, room.now());
    assertThat(far.version(far.frames() - 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opus", "flac"})
  void aSeamIsNotHeardInItself(String codec) {
    Room room = new Room(codec);
    room.program().tone();
    Listener deep = room.listener("deep", DEPTH_MS);
    room.run(20);
    long from = room.now();
    for (int i = 0; i < 5; i++) {
      room.program().change();
      room.run(0.737);
    }
    int first = deep.frameAt(from);
    float[] heard = new float[deep.frameAt(room.now()) - first];
    for (int i = 0; i < heard.length; i++) {
      heard[i] = deep.left(first + i) / 32_768f;
    }
    assertThat(Click.find(heard, 1)).isEmpty();
    // Each period of the tone is as the one before.
    int period = 64;
    double off = 0;
    for (int i = period; i < heard.length; i++) {
      off = Math.max(off, Math.abs(heard[i] - heard[i - period]));
    }
    assertThat(off).isLessThan(codec.equals("opus") ? 0.03 : 0.001);
  }

  @Test
  void twentySkipsInASecondLeaveTheLastOne() {
    Room room = new Room("flac");
    Listener deep = room.listener("deep", DEPTH_MS);
    room.run(70);
    long from = room.now();
    for (int i = 0; i < 20; i++) {
      room.program().change();
      room.run(0.05);
    }
    room.run(1);
    assertContinuous(deep, from, room.now());
    assertThat(deep.version(deep.frames() - 1)).isEqualTo(20);
  }
}
