package dev.tutti.fallback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who gets which pack; what is kept across restarts.
 *
 * @param forAll id of the pack of every group without one of its own; empty for none
 * @param groups id of a group to id of its pack
 * @param forced ids of packs that also players with another pack fetch, although {@code update} is
 *     {@code missing}
 * @param shipped whether the pack that comes with the program was made once; whoever removes it
 *     does not get it back
 */
record FallbackState(
    String forAll, Map<String, String> groups, List<String> forced, boolean shipped) {
  static final FallbackState EMPTY = new FallbackState("", Map.of(), List.of(), false);

  FallbackState {
    groups = Map.copyOf(groups);
    forced = List.copyOf(forced);
  }

  /** The id of the pack of a group, or of everybody. */
  Optional<String> packOf(String groupId) {
    return Optional.of(groups.getOrDefault(groupId, forAll)).filter(id -> !id.isEmpty());
  }

  /** Whether somebody is to play it. */
  boolean uses(String packId) {
    return forAll.equals(packId) || groups.containsValue(packId);
  }

  FallbackState withForAll(String packId) {
    return new FallbackState(packId, groups, forced, shipped);
  }

  /**
   * Gives a group a pack.
   *
   * @param packId empty: the one of everybody
   */
  FallbackState withGroup(String groupId, String packId) {
    Map<String, String> all = new TreeMap<>(groups);
    if (packId.isEmpty()) {
      all.remove(groupId);
    } else {
      all.put(groupId, packId);
    }
    return new FallbackState(forAll, all, forced, shipped);
  }

  FallbackState withForced(List<String> packIds) {
    return new FallbackState(forAll, groups, packIds, shipped);
  }

  FallbackState withShipped() {
    return new FallbackState(forAll, groups, forced, true);
  }
}
