package dev.tutti.player.lab;

import java.util.List;

/**
 * A house to be simulated.
 *
 * @param name for people
 * @param network of each player
 * @param spreadMicros players are farther away by up to so much each way, each by its own
 * @param coarseMicros devices report their delay in steps of this
 * @param pauseEverySeconds machines stand still so often, on average; 0 never
 * @param pauseMicros for up to so long
 * @param bufferMs of the server
 * @param acceptableP99Micros between players, in 99 of 100 moments
 * @param acceptableMicros between players, ever, but for counted jumps; 0 if nothing is promised
 */
public record Profile(
    String name,
    Network network,
    double spreadMicros,
    double coarseMicros,
    double pauseEverySeconds,
    double pauseMicros,
    int bufferMs,
    double acceptableP99Micros,
    double acceptableMicros) {
  /** A house on cables. */
  public static final Profile LAN =
      new Profile("lan", Network.CABLE, 0, 0, 5, 10_000, 1000, 200, 0);

  /** Wi-Fi with a good signal, small machines. */
  public static final Profile WIFI =
      new Profile("wifi", Network.GOOD_WIFI, 0, 200, 5, 20_000, 1000, 1000, 0);

  /** Wi-Fi through walls, beside a microwave oven. */
  public static final Profile BAD =
      new Profile("bad", Network.BAD_WIFI, 0, 1000, 5, 40_000, 1000, 5000, 5000);

  /** One way is always 20 ms longer: reported, not judged. */
  public static final Profile ASYMMETRIC =
      new Profile(
          "asymmetric", new Network(500, 500, 0, 0, 0, 20_000), 0, 0, 5, 10_000, 1000, 0, 0);

  /** 80 ms each way (S0-60). */
  public static final Profile FAR =
      new Profile("far", new Network(80_000, 500, 0, 0, 0, 0), 0, 0, 5, 10_000, 1000, 1000, 0);

  /** Each player somewhere else, 1 to 300 ms away (S0-7). */
  public static final Profile SPREAD =
      new Profile(
          "spread", new Network(1_000, 500, 0, 0, 0, 0), 299_000, 0, 5, 10_000, 2000, 1000, 0);

  /** All there are. */
  public static final List<Profile> ALL = List.of(LAN, WIFI, BAD, ASYMMETRIC, FAR, SPREAD);
}
