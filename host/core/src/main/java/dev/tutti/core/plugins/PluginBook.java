package dev.tutti.core.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which plugin is to be started or stopped next. A step function: it is told what is wanted and
 * what has happened, and answers with steps; each step it gives out is reported back as done. It
 * starts nothing before what that requires runs, and stops nothing before what requires that has
 * been stopped. Pure; one thread at a time.
 */
final class PluginBook {
  private final Map<String, Resident> residents = new TreeMap<>();

  /** What ran last under an id that is still wanted. */
  private final Map<String, Offer> lastRun = new TreeMap<>();

  private final Map<String, BroughtBack> broughtBack = new TreeMap<>();
  private Catalog catalog = Catalog.EMPTY;

  /**
   * A plugin that runs again because what was to replace it did not start.
   *
   * @param replacement what is wanted, and failed
   * @param failure why
   * @param before what ran, and runs again
   */
  record BroughtBack(Offer replacement, String failure, Offer before) {}

  /** Something for the host to do. */
  sealed interface Step {
    Offer offer();

    record Start(Offer offer) implements Step {}

    record Stop(Offer offer) implements Step {}
  }

  /** What a plugin that has been begun is doing. */
  enum Phase {
    STARTING,
    RUNNING,
    STOPPING,
    /** Threw or hung in start; waits for another jar or a reload. */
    FAILED
  }

  /** A plugin that has been begun. */
  static final class Resident {
    private final Offer offer;
    private Phase phase = Phase.STARTING;
    private String failure = "";
    private boolean again;

    Resident(Offer offer) {
      this.offer = offer;
    }

    Offer offer() {
      return offer;
    }

    Phase phase() {
      return phase;
    }

    /** Why it failed; empty if it did not. */
    String failure() {
      return failure;
    }

    private boolean live() {
      return phase != Phase.FAILED;
    }
  }

  /** What is wanted from now on. A failed plugin whose jar has changed gets another chance. */
  void want(Catalog now) {
    catalog = now;
    lastRun.keySet().retainAll(now.wanted().keySet());
    broughtBack.values().removeIf(b -> !isWanted(b.replacement()));
    residents.values().removeIf(r -> !r.live() && !isChosen(r.offer));
  }

  private boolean isWanted(Offer offer) {
    return offer.equals(catalog.wanted().get(offer.id()));
  }

  private boolean isChosen(Offer offer) {
    return chosen(offer.id()).equals(Optional.of(offer));
  }

  /** What is to run under an id: what is wanted, or what was brought back in its place. */
  private Optional<Offer> chosen(String id) {
    return broughtBack(id)
        .map(BroughtBack::before)
        .or(() -> Optional.ofNullable(catalog.wanted().get(id)));
  }

  private Optional<Offer> runnable(String id) {
    return catalog.refusals().containsKey(id) ? Optional.empty() : chosen(id);
  }

  /** Whether the version before runs under an id, and why. */
  Optional<BroughtBack> broughtBack(String id) {
    return Optional.ofNullable(broughtBack.get(id));
  }

  /** What ran last, and may have to be brought back. */
  Collection<Offer> lastRun() {
    return lastRun.values();
  }

  Catalog catalog() {
    return catalog;
  }

  /** Stops and starts a plugin with what requires it; a failed one gets another chance. */
  void again(String id) {
    broughtBack.remove(id);
    Resident resident = residents.get(id);
    if (resident != null && resident.phase == Phase.FAILED) {
      residents.remove(id);
    } else if (resident != null) {
      resident.again = true;
    }
  }

  /**
   * A start has come to its end.
   *
   * @param failure one sentence; empty if the plugin runs
   */
  void started(String id, String failure) {
    Resident resident = resident(id);
    resident.failure = failure;
    resident.phase = failure.isEmpty() ? Phase.RUNNING : Phase.FAILED;
    if (failure.isEmpty()) {
      lastRun.put(id, resident.offer);
      // It may have been the reason for their failure.
      residents.values().removeIf(r -> !r.live() && requires(r.offer, id));
    } else if (resident.again || !isChosen(resident.offer)) {
      // Something else is wanted by now.
      residents.remove(id);
    } else {
      failed(resident);
    }
  }

  /** What ran before comes back, once. */
  private void failed(Resident resident) {
    String id = resident.offer.id();
    BroughtBack tried = broughtBack.remove(id);
    if (tried != null) {
      Resident replacement = new Resident(tried.replacement());
      replacement.phase = Phase.FAILED;
      replacement.failure = tried.failure();
      residents.put(id, replacement);
      return;
    }
    Offer before = lastRun.remove(id);
    if (before != null
        && !before.equals(resident.offer)
        && resident.offer.manifest().requires().containsAll(before.manifest().requires())) {
      broughtBack.put(id, new BroughtBack(resident.offer, resident.failure, before));
      residents.remove(id);
    }
  }

  /** A stop has come to its end. */
  void stopped(String id) {
    resident(id);
    residents.remove(id);
  }

  private Resident resident(String id) {
    Resident resident = residents.get(id);
    if (resident == null) {
      throw new IllegalArgumentException("'" + id + "' has not been begun");
    }
    return resident;
  }

  /** What can be done now; every step is given out once. */
  List<Step> next() {
    List<Step> steps = new ArrayList<>();
    Set<String> leaving = leaving();
    for (Resident r : residents.values()) {
      if (r.phase == Phase.RUNNING && leaving.contains(r.offer.id()) && !needed(r.offer.id())) {
        r.phase = Phase.STOPPING;
        steps.add(new Step.Stop(r.offer));
      }
    }
    for (String id : catalog.wanted().keySet()) {
      Optional<Offer> offer = runnable(id);
      if (offer.isPresent() && !residents.containsKey(id) && ready(offer.get(), leaving)) {
        residents.put(id, new Resident(offer.get()));
        steps.add(new Step.Start(offer.get()));
      }
    }
    return steps;
  }

  /** Plugins that run and must not go on as they are, with everything that requires them. */
  private Set<String> leaving() {
    Set<String> leaving = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Resident r : residents.values()) {
        if (r.live() && !leaving.contains(r.offer.id()) && mustLeave(r, leaving)) {
          leaving.add(r.offer.id());
          more = true;
        }
      }
    }
    return leaving;
  }

  private boolean mustLeave(Resident r, Set<String> leaving) {
    Optional<Offer> wanted = runnable(r.offer.id());
    return r.again
        || r.phase == Phase.STOPPING
        || !wanted.equals(Optional.of(r.offer))
        || r.offer.manifest().requires().stream().anyMatch(id -> leaving.contains(id) || !runs(id));
  }

  /** Whether something that has been begun and not ended requires a plugin. */
  private boolean needed(String id) {
    return residents.values().stream().anyMatch(r -> r.live() && requires(r.offer, id));
  }

  private static boolean requires(Offer offer, String id) {
    return offer.manifest().requires().contains(id);
  }

  private boolean ready(Offer offer, Set<String> leaving) {
    return offer.manifest().requires().stream().allMatch(id -> runs(id) && !leaving.contains(id));
  }

  private boolean runs(String id) {
    Resident r = residents.get(id);
    return r != null && r.phase == Phase.RUNNING;
  }

  /** Whether nothing is on its way: call after {@link #next} gave no step. */
  boolean settled() {
    return residents.values().stream()
        .allMatch(r -> r.phase == Phase.RUNNING || r.phase == Phase.FAILED);
  }

  Collection<Resident> residents() {
    return residents.values();
  }

  Optional<Resident> find(String id) {
    return Optional.ofNullable(residents.get(id));
  }

  /** Why a wanted plugin has not been begun, in one sentence. */
  String waiting(Offer offer) {
    String refusal = catalog.refusals().get(offer.id());
    if (refusal != null) {
      return refusal;
    }
    for (String id : offer.manifest().requires()) {
      Resident r = residents.get(id);
      if (r != null && r.phase == Phase.FAILED) {
        return "it requires '%s', which is quarantined; see there".formatted(id);
      }
      Offer required = catalog.wanted().get(id);
      if (r == null && required != null && !waiting(required).isEmpty()) {
        return "it requires '%s', which does not run; see there".formatted(id);
      }
    }
    return "";
  }
}
