package dev.tutti.player.lab;

import java.util.List;

/**
 * A house to be simulated.
 *
 * @param name for people
 * @param about for people, a few words
 * @param network of each player
 * @param away how far the players are, one after the other, each way
 * @param unevenMicros one way of each player is always longer, by up to so much
 * @param machines what they run on
 * @param server what happens to it
 * @param promise how far apart players may be
 */
public record Profile(
    String name,
    String about,
    Network network,
    Away away,
    double unevenMicros,
    Machines machines,
    Server server,
    Promise promise) {
  /**
   * Distances beside the network's own.
   *
   * @param micros of the players, one after the other and from the first again
   * @param spreadMicros up to so much more, each player by its own
   */
  public record Away(List<Integer> micros, int spreadMicros) {
    static final Away NEAR = new Away(List.of(0), 0);
  }

  /**
   * Machines and sound devices.
   *
   * @param coarseMicros devices report their delay in steps of this, or off by up to half of it
   * @param pauseMicros all stands still every five seconds, on average, for up to so long
   */
  public record Machines(double coarseMicros, double pauseMicros) {}

  /**
   * The server.
   *
   * @param bufferMs its buffer
   * @param killEverySeconds its program ends so often, on average; 0 never
   * @param outageMicros and is back after up to so long
   * @param reboots whether its machine, too, starts anew now and then, and its clock with it
   */
  public record Server(
      int bufferMs, double killEverySeconds, double outageMicros, boolean reboots) {
    static Server steady(int bufferMs) {
      return new Server(bufferMs, 0, 0, false);
    }
  }

  /**
   * What is promised of any two players, but for sounds that a stall longer than the buffer has
   * ended.
   *
   * @param p99Micros in 99 of 100 moments
   * @param mostMicros ever
   */
  public record Promise(double p99Micros, double mostMicros) {
    /** Nobody could keep a promise. */
    static final Promise NONE = new Promise(Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static final double LOST_MICROS = 5_000;

  /** A house on cables. */
  public static final Profile LAN =
      new Profile(
          "lan",
          "Ethernet",
          Network.CABLE,
          Away.NEAR,
          0,
          new Machines(50, 10_000),
          Server.steady(1000),
          new Promise(200, LOST_MICROS));

  /** Wi-Fi with a good signal, small machines. */
  public static final Profile WIFI =
      new Profile(
          "wifi",
          "good Wi-Fi",
          Network.GOOD_WIFI,
          Away.NEAR,
          0,
          new Machines(250, 20_000),
          Server.steady(1000),
          new Promise(1000, LOST_MICROS));

  /** Wi-Fi through walls, beside a microwave oven. */
  public static final Profile BAD =
      new Profile(
          "bad",
          "bad Wi-Fi",
          Network.BAD_WIFI,
          Away.NEAR,
          0,
          new Machines(1000, 40_000),
          Server.steady(1000),
          new Promise(LOST_MICROS, LOST_MICROS));

  /** One way is always up to 20 ms longer: reported, not judged. */
  public static final Profile ASYMMETRIC =
      new Profile(
          "asymmetric",
          "one way up to 20 ms longer",
          Network.INTERNET,
          Away.NEAR,
          20_000,
          new Machines(50, 10_000),
          Server.steady(1000),
          Promise.NONE);

  /** Half of the players 50 ms away, and half 80 ms (S0-60). */
  public static final Profile FAR =
      new Profile(
          "far",
          "50 and 80 ms away",
          Network.INTERNET,
          new Away(List.of(50_000, 80_000), 0),
          0,
          new Machines(50, 10_000),
          Server.steady(1000),
          new Promise(1000, LOST_MICROS));

  /** Each player somewhere else, 1 to 300 ms away (S0-7). */
  public static final Profile SPREAD =
      new Profile(
          "spread",
          "1 to 300 ms away",
          Network.INTERNET,
          new Away(List.of(500), 299_000),
          0,
          new Machines(50, 10_000),
          Server.steady(2000),
          new Promise(1000, LOST_MICROS));

  /** A server that is killed every half minute, and sometimes with its machine. */
  public static final Profile RESTARTS =
      new Profile(
          "restarts",
          "a server that dies again and again",
          Network.CABLE,
          Away.NEAR,
          0,
          new Machines(50, 10_000),
          new Server(1000, 30, 3_000_000, true),
          new Promise(200, LOST_MICROS));

  /** All there are. */
  public static final List<Profile> ALL =
      List.of(LAN, WIFI, BAD, ASYMMETRIC, FAR, SPREAD, RESTARTS);
}
