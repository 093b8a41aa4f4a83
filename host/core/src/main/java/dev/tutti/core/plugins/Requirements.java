package dev.tutti.core.plugins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which of the wanted plugins cannot run because of what they require. Pure. */
final class Requirements {
  private final Map<String, Offer> wanted;
  private final Set<String> disabled;
  private final Map<String, String> refusals = new LinkedHashMap<>();

  private Requirements(Map<String, Offer> wanted, Set<String> disabled) {
    this.wanted = wanted;
    this.disabled = disabled;
  }

  /**
   * The plugins that cannot run, with a sentence each.
   *
   * @param wanted by id
   * @param disabled ids that exist, but are switched off
   */
  static Map<String, String> refusals(Map<String, Offer> wanted, Set<String> disabled) {
    Requirements check = new Requirements(wanted, disabled);
    check.cycles();
    boolean more = true;
    while (more) {
      more = check.missing();
    }
    return check.refusals;
  }

  private void cycles() {
    for (String id : new TreeSet<>(wanted.keySet())) {
      List<String> circle = new ArrayList<>();
      if (leadsBack(id, id, circle, new TreeSet<>())) {
        circle.addFirst(id);
        refusals.put(
            id,
            "it requires itself in a circle (%s); take one of these out of \"requires\""
                .formatted(String.join(" → ", circle)));
      }
    }
  }

  /** Whether the requirements of a plugin lead to another; fills the way there. */
  private boolean leadsBack(String from, String to, List<String> way, Set<String> visited) {
    Offer offer = wanted.get(from);
    if (offer == null || !visited.add(from)) {
      return false;
    }
    for (String required : offer.manifest().requires()) {
      way.add(required);
      if (required.equals(to) || leadsBack(required, to, way, visited)) {
        return true;
      }
      way.removeLast();
    }
    return false;
  }

  /** One round: what requires something that is not there, or was refused before. */
  private boolean missing() {
    boolean found = false;
    for (Offer offer : wanted.values()) {
      if (!refusals.containsKey(offer.id())) {
        for (String required : offer.manifest().requires()) {
          String lack = lack(required);
          if (!lack.isEmpty()) {
            refusals.put(offer.id(), lack);
            found = true;
            break;
          }
        }
      }
    }
    return found;
  }

  private String lack(String required) {
    if (disabled.contains(required)) {
      return "it requires '%s', which is switched off; take away --disable %s"
          .formatted(required, required);
    }
    if (!wanted.containsKey(required)) {
      return "it requires '%s', which is not there; put that plugin's jar beside it"
          .formatted(required);
    }
    if (refusals.containsKey(required)) {
      return "it requires '%s', which is refused; see there".formatted(required);
    }
    return "";
  }
}
