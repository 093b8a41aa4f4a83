package dev.tutti.core.zones;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Ids for new groups: lower-case hex, 8-4-4-4-12, from the randomness it is given. Called with the
 * writer's lock held.
 */
final class GroupIds implements Supplier<String> {
  private final RandomGenerator random;

  GroupIds(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String get() {
    String hex = "%016x%016x".formatted(random.nextLong(), random.nextLong());
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }
}
