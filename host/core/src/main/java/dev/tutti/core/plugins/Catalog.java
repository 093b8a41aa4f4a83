package dev.tutti.core.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is to run, chosen from what is there. Pure.
 *
 * @param wanted by id
 * @param refusals of wanted plugins that cannot run because of what they require, by id
 * @param troubles of wanted plugins whose jar was overwritten by something unusable, by id
 * @param unused jars that are not used, and why
 */
record Catalog(
    Map<String, Offer> wanted,
    Map<String, String> refusals,
    Map<String, String> troubles,
    List<Unused> unused) {

  static final Catalog EMPTY = new Catalog(Map.of(), Map.of(), Map.of(), List.of());

  /** What was found before what is built in, then by folder, then the newer version. */
  private static final Comparator<Offer> FIRST =
      Comparator.comparingInt(Catalog::rank)
          .thenComparing(o -> o.manifest().version(), Comparator.reverseOrder())
          .thenComparing(Offer::place);

  private static int rank(Offer offer) {
    return switch (offer) {
      case Offer.OfSource builtIn -> -1;
      case Offer.OfJar jar -> jar.folder();
    };
  }

  static Catalog of(
      Collection<Offer.OfSource> builtIn, Collection<JarEntry> jars, Set<String> disabled) {
    Map<String, List<Offer>> byId = new TreeMap<>();
    builtIn.forEach(o -> byId.computeIfAbsent(o.id(), i -> new ArrayList<>()).add(o));
    Map<String, String> troubles = new TreeMap<>();
    List<Unused> unused = new ArrayList<>();
    for (JarEntry jar : jars) {
      jar.offer().ifPresent(o -> byId.computeIfAbsent(o.id(), i -> new ArrayList<>()).add(o));
      if (jar.offer().isEmpty()) {
        unused.add(Unused.refused(jar));
      }
    }
    Map<String, Offer> wanted = new TreeMap<>();
    Set<String> off = new TreeSet<>();
    byId.forEach((id, offers) -> {
      offers.sort(FIRST);
      Offer first = offers.getFirst();
      if (disabled.contains(id)) {
        off.add(id);
        unused.add(Unused.disabled(first));
      } else {
        wanted.put(id, first);
        jars.stream()
            .filter(j -> !j.refusal().isEmpty() && first.equals(j.good()))
            .forEach(j -> troubles.put(id, trouble(j)));
      }
      offers.stream().skip(1).forEach(o -> unused.add(Unused.second(o, first)));
    });
    return new Catalog(wanted, Requirements.refusals(wanted, off), troubles, unused);
  }

  private static String trouble(JarEntry jar) {
    return "%s was replaced, but %s; the version before goes on"
        .formatted(jar.jar(), jar.refusal());
  }

  /** Whether a plugin is wanted and nothing it requires is lacking. */
  Optional<Offer> runnable(String id) {
    return refusals.containsKey(id) ? Optional.empty() : Optional.ofNullable(wanted.get(id));
  }

  /** A jar that is there and is not used. */
  record Unused(
      String id,
      String name,
      String version,
      PluginStatus.State state,
      String reason,
      Optional<Path> jar,
      String sha256) {

    private static Unused refused(JarEntry jar) {
      PluginManifest manifest = jar.manifest();
      return new Unused(
          manifest == null ? jar.stem() : manifest.id(),
          manifest == null ? jar.stem() : manifest.name(),
          manifest == null ? "" : manifest.version().toString(),
          PluginStatus.State.REFUSED,
          jar.refusal() + " (" + jar.jar() + ")",
          Optional.of(jar.jar()),
          "");
    }

    private static Unused disabled(Offer offer) {
      return of(
          offer,
          PluginStatus.State.DISABLED,
          "it is switched off; take away --disable %s to have it".formatted(offer.id()));
    }

    private static Unused second(Offer offer, Offer first) {
      return of(
          offer,
          PluginStatus.State.REFUSED,
          ("%s is not used: '%s' %s from %s comes first (the user's folder before the program's,"
                  + " then the newer version); delete one of them")
              .formatted(offer.place(), first.id(), first.manifest().version(), first.place()));
    }

    private static Unused of(Offer offer, PluginStatus.State state, String reason) {
      PluginManifest m = offer.manifest();
      return new Unused(
          m.id(), m.name(), m.version().toString(), state, reason, offer.origin(), offer.hash());
    }
  }
}
