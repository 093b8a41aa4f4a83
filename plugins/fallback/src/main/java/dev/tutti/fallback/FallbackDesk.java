package dev.tutti.fallback;

import dev.tutti.api.http.HttpException;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.audio.fallback.PackManifest.Anchor;
import dev.tutti.fallback.FallbackSettings.Update;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides which pack a player is to have, on which clock, and whether it is to fetch it now (S0-3,
 * S0-74). Thread-safe.
 *
 * <p>Every pack is anchored at instant 0 of the server clock: two servers' lives in one boot of the
 * machine, and players that heard of the pack at different times, agree without a word.
 */
final class FallbackDesk {
  /** So many players are remembered; more cannot be made to fill the memory. */
  private static final int MAX_REPORTS = 1000;

  /** Stands for every group without a pack of its own. */
  static final String ALL = "all";

  /**
   * What a player is told.
   *
   * @param pack anchored on the server clock; empty if there is none for it
   * @param fetch whether it is to fetch it now, if it has not got it
   */
  record Order(long revision, Optional<PackManifest> pack, boolean fetch) {}

  private final PackStore store;
  private final StateCell<FallbackState> state;
  private final Supplier<ZoneSnapshot> zones;
  private final Revision revision;
  private final FadePlan fade;
  private final Update update;
  private final Anchor anchor;

  /** Player to the id of the pack it said it has. */
  private final Map<String, String> reports =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_REPORTS;
        }
      };

  FallbackDesk(
      PackStore store,
      StateCell<FallbackState> state,
      Supplier<ZoneSnapshot> zones,
      Revision revision,
      FallbackSettings settings,
      String clockId) {
    this.store = store;
    this.state = state;
    this.zones = zones;
    this.revision = revision;
    this.fade = new FadePlan(settings.fadeMs(), Fade.Curve.EQUAL_POWER);
    this.update = settings.update();
    this.anchor = new Anchor(0, clockId);
  }

  /** A pack as players get it: on the server clock, with the fade as configured. */
  PackManifest served(Pack pack) {
    return pack.manifest().at(anchor).with(fade);
  }

  FallbackState state() {
    return state.snapshot().state();
  }

  /** The pack of a player's group; of everybody, if the player is not known. */
  Optional<Pack> packOf(String playerId) {
    String group = zones.get().groupOf(playerId).map(Group::id).orElse("");
    return state().packOf(group).flatMap(store::find);
  }

  /**
   * What a player is to have.
   *
   * @param have id of the pack it has; empty for none
   */
  Order orderFor(String playerId, String have) {
    long number = revision.now();
    FallbackState now = state();
    Optional<Pack> pack = packOf(playerId);
    boolean fetch =
        pack.isPresent()
            && !pack.get().id().equals(have)
            && (have.isEmpty()
                || update == Update.CHANGED
                || now.forced().contains(pack.get().id()));
    return new Order(number, pack.map(this::served), fetch);
  }

  /** A player has said which pack it has. */
  void report(String playerId, String have) {
    synchronized (reports) {
      reports.put(playerId, have);
    }
  }

  /** What a player said it has; empty if it never said anything. */
  Optional<String> reported(String playerId) {
    synchronized (reports) {
      return Optional.ofNullable(reports.get(playerId));
    }
  }

  /**
   * Gives groups a pack.
   *
   * @param groups their ids or names, or {@link #ALL}
   * @param packId empty: none of their own, or for all: none at all
   * @throws HttpException 404 if there is no such group or pack
   */
  void assign(List<String> groups, String packId) {
    if (!packId.isEmpty() && store.find(packId).isEmpty()) {
      throw HttpException.notFound("pack", packId);
    }
    Set<String> ids = new TreeSet<>();
    groups.forEach(name -> ids.add(name.equals(ALL) ? ALL : groupId(name)));
    state.update(before -> {
      FallbackState after = before;
      for (String id : ids) {
        after = id.equals(ALL) ? after.withForAll(packId) : after.withGroup(id, packId);
      }
      return after;
    });
    revision.grow();
  }

  /**
   * The id of a group that is called by its id, by its name or, as people see one without a name,
   * by what a player in it is called.
   */
  String groupId(String name) {
    return group(name, g -> g.id().equals(name))
        .or(() -> group(name, g -> g.name().equalsIgnoreCase(name)))
        .or(() ->
            group(name, g -> g.players().stream().anyMatch(p -> p.label().equalsIgnoreCase(name))))
        .orElseThrow(() -> HttpException.notFound("group", name));
  }

  private Optional<String> group(String name, Predicate<Group> wanted) {
    List<String> ids = zones.get().groups().stream().filter(wanted).map(Group::id).toList();
    if (ids.size() > 1) {
      throw new HttpException(
          409, "\"" + name + "\" can be several groups; name one by its id: " + ids);
    }
    return ids.stream().findFirst();
  }

  /**
   * Has every player fetch what is assigned to it, also those that have another pack.
   *
   * @return how many known players have not got theirs, as far as they said
   */
  int syncAll() {
    state.update(before -> {
      Set<String> ids = new TreeSet<>(before.groups().values());
      ids.add(before.forAll());
      ids.remove("");
      return before.withForced(List.copyOf(ids));
    });
    revision.grow();
    return (int)
        zones.get().groups().stream()
            .flatMap(g -> g.players().stream())
            .map(Player::id)
            .filter(id -> packOf(id).isPresent())
            .filter(id -> !packOf(id).map(Pack::id).equals(reported(id)))
            .count();
  }

  /**
   * Deletes a pack.
   *
   * @throws HttpException 404 if it is not there, 409 if somebody is to play it
   */
  void remove(String packId) throws IOException {
    if (state().uses(packId)) {
      throw new HttpException(
          409, "the pack is assigned; assign another one in its place first, then remove it");
    }
    if (!store.remove(packId)) {
      throw HttpException.notFound("pack", packId);
    }
    revision.grow();
  }

  /** The pack that comes with the program was made; it is for all who have none. */
  void shipped(Pack pack) {
    state.update(before ->
        (store.find(before.forAll()).isEmpty() ? before.withForAll(pack.id()) : before)
            .withShipped());
    revision.grow();
  }

  /** Something changed that players may want to know. */
  void changed() {
    revision.grow();
  }

  Revision revision() {
    return revision;
  }
}
