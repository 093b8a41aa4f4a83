package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.plugins.PluginBook.Phase;
import dev.tutti.core.plugins.PluginBook.Resident;
import dev.tutti.core.plugins.PluginBook.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginBookTest {
  private final PluginBook book = new PluginBook();

  private static JarEntry jar(String id, int content, String... requires) {
    PluginManifest manifest =
        new PluginManifest(
            id,
            id,
            new Version(1, 0, content, ""),
            VersionRange.parse("[1.0,2.0)"),
            "x.Y",
            List.of(requires),
            List.of(),
            List.of());
    Path path = Path.of(id + ".jar");
    return JarEntry.accepted(new Offer.OfJar(manifest, path, 0, "hash" + content, path));
  }

  private void want(JarEntry... jars) {
    book.want(Catalog.of(List.of(), List.of(jars), Set.of()));
  }

  private List<String> next() {
    return book.next().stream().map(PluginBookTest::text).sorted().toList();
  }

  private static String text(Step step) {
    String what =
        switch (step) {
          case Step.Start start -> "start ";
          case Step.Stop stop -> "stop ";
        };
    return what + step.offer().id();
  }

  private void allRun(String... ids) {
    for (String id : ids) {
      assertThat(next()).contains("start " + id);
      book.started(id, "");
    }
  }

  @Test
  void whatRequiresNothingStartsAtOnceAndTheRestWaits() {
    want(jar("a", 1), jar("b", 1), jar("c", 1, "a", "b"));
    assertThat(next()).containsExactly("start a", "start b");
    book.started("a", "");
    assertThat(next()).isEmpty();
    assertThat(book.settled()).isFalse();
    book.started("b", "");
    assertThat(next()).containsExactly("start c");
    book.started("c", "");
    assertThat(next()).isEmpty();
    assertThat(book.settled()).isTrue();
  }

  @Test
  void aStepIsGivenOutOnce() {
    want(jar("a", 1));
    assertThat(next()).containsExactly("start a");
    assertThat(next()).isEmpty();
  }

  @Test
  void aChangedPluginIsStoppedThenStarted() {
    want(jar("a", 1));
    allRun("a");
    want(jar("a", 2));
    assertThat(next()).containsExactly("stop a");
    assertThat(next()).isEmpty();
    book.stopped("a");
    assertThat(next()).containsExactly("start a");
  }

  @Test
  void dependantsStopBeforeAndStartAfterWhatTheyRequire() {
    want(jar("a", 1), jar("b", 1, "a"), jar("c", 1, "b"));
    allRun("a", "b", "c");
    book.again("a");
    for (String id : List.of("c", "b", "a")) {
      assertThat(next()).containsExactly("stop " + id);
      book.stopped(id);
    }
    allRun("a", "b", "c");
    assertThat(next()).isEmpty();
  }

  @Test
  void aPluginChangedWhileItStartsIsStoppedOnceItHasStarted() {
    want(jar("a", 1));
    assertThat(next()).containsExactly("start a");
    want(jar("a", 2));
    assertThat(next()).isEmpty();
    book.started("a", "");
    assertThat(next()).containsExactly("stop a");
  }

  @Test
  void aPluginChangedWhileItStartsAndFailsIsStartedAnew() {
    want(jar("a", 1));
    assertThat(next()).containsExactly("start a");
    want(jar("a", 2));
    book.started("a", "threw");
    assertThat(next()).containsExactly("start a");
  }

  @Test
  void givenAReplacementThatFailsThenWhatRanBeforeComesBackAndStays() {
    want(jar("a", 1), jar("b", 1, "a"));
    allRun("a", "b");
    want(jar("a", 2), jar("b", 1, "a"));
    assertThat(next()).containsExactly("stop b");
    book.stopped("b");
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    assertThat(next()).containsExactly("start a");
    book.started("a", "threw");
    assertThat(next()).containsExactly("start a");
    assertThat(version("a")).isEqualTo("1.0.1");
    book.started("a", "");
    allRun("b");
    want(jar("a", 2), jar("b", 1, "a"), jar("unrelated", 1));
    assertThat(next()).containsExactly("start unrelated");
    assertThat(book.broughtBack("a"))
        .hasValueSatisfying(back -> assertThat(back.failure()).isEqualTo("threw"));
  }

  @Test
  void givenAPluginBroughtBackWhenAnotherReplacementComesThenThatIsTried() {
    broughtBack();
    want(jar("a", 3));
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    allRun("a");
    assertThat(version("a")).isEqualTo("1.0.3");
    assertThat(book.broughtBack("a")).isEmpty();
  }

  @Test
  void givenAPluginBroughtBackWhenReloadedThenTheReplacementGetsAnotherChance() {
    broughtBack();
    book.again("a");
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    assertThat(next()).containsExactly("start a");
    assertThat(version("a")).isEqualTo("1.0.2");
  }

  @Test
  void givenAPluginThatCannotBeBroughtBackThenItsReplacementRestsAsFailed() {
    want(jar("a", 1));
    allRun("a");
    want(jar("a", 2));
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    assertThat(next()).containsExactly("start a");
    book.started("a", "the new one's reason");
    assertThat(next()).containsExactly("start a");
    book.started("a", "gone");
    assertThat(next()).isEmpty();
    assertThat(book.find("a").map(Resident::phase)).hasValue(Phase.FAILED);
    assertThat(book.find("a").map(Resident::failure)).hasValue("the new one's reason");
  }

  private void broughtBack() {
    want(jar("a", 1));
    allRun("a");
    want(jar("a", 2));
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    assertThat(next()).containsExactly("start a");
    book.started("a", "threw");
    allRun("a");
  }

  private String version(String id) {
    return book.find(id).orElseThrow().offer().manifest().version().toString();
  }

  @Test
  void aFailedPluginRestsUntilItChanges() {
    want(jar("a", 1), jar("b", 1, "a"));
    assertThat(next()).containsExactly("start a");
    book.started("a", "threw");
    assertThat(next()).isEmpty();
    assertThat(book.settled()).isTrue();
    assertThat(book.waiting(jar("b", 1, "a").offer().orElseThrow())).contains("'a'", "quarantined");
    want(jar("a", 1), jar("b", 1, "a"), jar("unrelated", 1));
    assertThat(next()).containsExactly("start unrelated");
    want(jar("a", 2), jar("b", 1, "a"), jar("unrelated", 1));
    assertThat(next()).containsExactly("start a");
  }

  @Test
  void aFailedDependantGetsAnotherChanceWithItsNewRequirement() {
    want(jar("a", 1), jar("b", 1, "a"));
    allRun("a");
    assertThat(next()).containsExactly("start b");
    book.started("b", "threw");
    want(jar("a", 2), jar("b", 1, "a"));
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    allRun("a", "b");
  }

  @Test
  void whatIsNotWantedAnyMoreIsStoppedInReverseOrder() {
    want(jar("a", 1), jar("b", 1, "a"));
    allRun("a", "b");
    book.want(Catalog.EMPTY);
    assertThat(next()).containsExactly("stop b");
    book.stopped("b");
    assertThat(next()).containsExactly("stop a");
    book.stopped("a");
    assertThat(book.residents()).isEmpty();
  }

  /** Any order of events keeps the promise about the order of steps, and comes to rest. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noStoryBreaksTheOrder(long seed) {
    Random random = new Random(seed);
    Map<String, JarEntry> jars = new TreeMap<>();
    List<Step> open = new ArrayList<>();
    for (int round = 0; round < 3000; round++) {
      change(random, jars);
      take(open, seed);
      while (!open.isEmpty() && random.nextInt(3) > 0) {
        report(open.remove(random.nextInt(open.size())), random);
        take(open, seed);
      }
    }
    take(open, seed);
    while (!open.isEmpty()) {
      report(open.removeFirst(), random);
      take(open, seed);
    }
    Catalog catalog = book.catalog();
    assertThat(book.settled()).as("seed %d", seed).isTrue();
    catalog
        .wanted()
        .forEach((id, offer) ->
            assertThat(book.find(id).isPresent() || !book.waiting(offer).isEmpty())
                .as("seed %d: %s runs, or it is said why not", seed, id)
                .isTrue());
    assertThat(book.residents())
        .as("seed %d: only what is wanted", seed)
        .allMatch(r ->
            book.broughtBack(r.offer().id())
                .map(back ->
                    back.before().equals(r.offer())
                        && back.replacement().equals(catalog.wanted().get(r.offer().id())))
                .orElse(r.offer().equals(catalog.wanted().get(r.offer().id()))));
  }

  private void change(Random random, Map<String, JarEntry> jars) {
    String id = "p" + random.nextInt(6);
    switch (random.nextInt(4)) {
      case 0 -> jars.remove(id);
      case 1 -> book.again(id);
      default -> {
        String[] requires =
            random
                .ints(random.nextInt(3), 0, 6)
                .mapToObj(n -> "p" + n)
                .distinct()
                .filter(r -> !r.equals(id))
                .toArray(String[]::new);
        jars.put(id, jar(id, random.nextInt(3), requires));
      }
    }
    book.want(Catalog.of(List.of(), jars.values(), Set.of()));
  }

  private void take(List<Step> open, long seed) {
    for (Step step : book.next()) {
      switch (step) {
        case Step.Start start ->
            start
                .offer()
                .manifest()
                .requires()
                .forEach(r ->
                    assertThat(book.find(r).map(Resident::phase))
                        .as("seed %d: %s starts, so %s runs", seed, start.offer().id(), r)
                        .hasValue(Phase.RUNNING));
        case Step.Stop stop ->
            assertThat(book.residents())
                .as("seed %d: nothing alive requires %s", seed, stop.offer().id())
                .noneMatch(r ->
                    r.phase() != Phase.FAILED
                        && r.offer().manifest().requires().contains(stop.offer().id()));
      }
      open.add(step);
    }
  }

  private void report(Step step, Random random) {
    switch (step) {
      case Step.Start start ->
          book.started(start.offer().id(), random.nextInt(5) == 0 ? "threw" : "");
      case Step.Stop stop -> book.stopped(stop.offer().id());
    }
  }
}
