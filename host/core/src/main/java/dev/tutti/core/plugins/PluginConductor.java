package dev.tutti.core.plugins;

import dev.tutti.core.plugins.PluginBook.BroughtBack;
import dev.tutti.core.plugins.PluginBook.Resident;
import dev.tutti.core.plugins.PluginBook.Step;
import dev.tutti.core.plugins.PluginClassLoader.Export;
import dev.tutti.core.plugins.PluginStatus.State;
import dev.tutti.core.plugins.StatusBoard.Row;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the book says, and reports back to it. Every method is called on the thread
 * {@code plugins}.
 */
final class PluginConductor {
  private static final Logger LOG = System.getLogger(PluginConductor.class.getName());

  private final PluginSettings settings;
  private final HostParts parts;
  private final Remains remains;
  private final StatusBoard board;
  private final Executor self;
  private final ClassLoader api = new ApiClassLoader(PluginConductor.class.getClassLoader());

  private final PluginBook book = new PluginBook();
  private final Map<String, PluginLife> lives = new HashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final Map<String, String> stopProblems = new HashMap<>();
  private final Map<String, Offer.OfSource> builtIn = new TreeMap<>();
  private final List<Runnable> waiters = new ArrayList<>();
  private List<JarEntry> jars = List.of();
  private @Nullable WorkFolder work;
  private int lifeCount;
  private boolean scanned;
  private boolean ending;
  private volatile Set<String> hashesToKeep = Set.of();

  /**
   * @param self runs things on the thread {@code plugins}
   */
  PluginConductor(
      PluginSettings settings, HostParts parts, Remains remains, StatusBoard board, Executor self) {
    this.settings = settings;
    this.parts = parts;
    this.remains = remains;
    this.board = board;
    this.self = self;
  }

  void useWorkFolder(WorkFolder folder) {
    work = folder;
  }

  /** There are no folders to look through. */
  void scanned() {
    scanned = true;
    choose();
  }

  /**
   * The folders have been looked through.
   *
   * @param fresh the jars just read: one that failed and was copied again gets another chance
   */
  void jars(List<JarEntry> now, Set<Path> fresh) {
    jars = now;
    scanned = true;
    for (JarEntry jar : now) {
      jar.offer()
          .filter(o -> fresh.contains(jar.jar()))
          .flatMap(o -> book.find(o.id()))
          .map(r -> r.offer().id())
          .filter(this::waitsForAnotherCopy)
          .ifPresent(book::again);
    }
    choose();
  }

  private boolean waitsForAnotherCopy(String id) {
    return book.broughtBack(id).isPresent()
        || book.find(id).map(r -> r.phase() == PluginBook.Phase.FAILED).orElse(false);
  }

  /** Copies of jars that may be started again, though their originals were replaced. Any thread. */
  Set<String> hashesToKeep() {
    return hashesToKeep;
  }

  void add(PluginSource source) {
    builtIn.put(source.manifest().id(), new Offer.OfSource(source.manifest(), source));
    choose();
  }

  void remove(String id) {
    builtIn.remove(id);
    choose();
  }

  void reload(String id) {
    book.again(id);
    proceed();
  }

  /** Stops everything; nothing is started from here on. */
  void shutDown() {
    ending = true;
    scanned = true;
    choose();
  }

  /** Removes the private copies. */
  void release() {
    WorkFolder mine = work;
    if (mine != null) {
      try {
        mine.close();
      } catch (IOException left) {
        LOG.log(Level.INFO, "private copies of plugins stay until the next start: " + left);
      }
    }
  }

  /** Calls back once, as soon as nothing is on its way. */
  void whenSettled(Runnable waiter) {
    waiters.add(waiter);
    proceed();
  }

  private void choose() {
    book.want(ending ? Catalog.EMPTY : Catalog.of(builtIn.values(), jars, settings.disabled()));
    proceed();
  }

  private void proceed() {
    for (Step step : book.next()) {
      switch (step) {
        case Step.Start start -> begin(start.offer());
        case Step.Stop stop -> halt(stop.offer());
      }
    }
    hashesToKeep = book.lastRun().stream().map(Offer::hash).collect(Collectors.toSet());
    board.show(rows());
    if (scanned && book.settled()) {
      List<Runnable> ready = List.copyOf(waiters);
      waiters.clear();
      ready.forEach(Runnable::run);
    }
  }

  private void begin(Offer offer) {
    int number = lifeCount++;
    WorkFolder folder = work;
    starts.merge(offer.id(), 1, Integer::sum);
    List<Export> imports =
        offer.manifest().requires().stream()
            .map(lives::get)
            .filter(life -> life != null)
            .map(PluginLife::exported)
            .toList();
    await(
        "start-" + offer.id(),
        () -> {
          try {
            LoadedCode code = LoadedCode.of(offer, number, folder, api, imports);
            PluginLife life =
                new PluginLife(
                    offer,
                    code,
                    parts,
                    settings.patience(),
                    remains,
                    () -> self.execute(this::proceed));
            Optional<String> failure = life.start();
            self.execute(() -> started(offer, life, failure.orElse("")));
          } catch (IOException | RuntimeException | Error failed) {
            // A full disk is told in the status; a bug is shown with its trace.
            Level level = failed instanceof IOException ? Level.DEBUG : Level.WARNING;
            LOG.log(level, "the plugin '" + offer.id() + "' cannot be loaded", failed);
            String why = "cannot be loaded: " + Sentences.of(failed);
            self.execute(() -> started(offer, null, why));
          }
        });
  }

  private void started(Offer offer, @Nullable PluginLife life, String failure) {
    if (failure.isEmpty() && life != null) {
      lives.put(offer.id(), life);
    }
    book.started(offer.id(), failure);
    proceed();
  }

  private void halt(Offer offer) {
    PluginLife life = lives.get(offer.id());
    if (life == null) {
      throw new IllegalStateException("'" + offer.id() + "' is to be stopped and has no life");
    }
    Duration limit = ending ? settings.patience().shutdown() : settings.patience().stop();
    await(
        "stop-" + offer.id(),
        () -> {
          Optional<String> problem = Optional.of("");
          try {
            problem = life.stop(limit);
          } finally {
            String what = problem.orElse("");
            self.execute(() -> stopped(offer, what));
          }
        });
  }

  private void stopped(Offer offer, String problem) {
    lives.remove(offer.id());
    stopProblems.put(offer.id(), problem);
    book.stopped(offer.id());
    proceed();
  }

  /** Real threads, even under virtual time: what is waited for is plugin code. */
  private static void await(String what, Runnable task) {
    Thread.ofVirtual().name("plugins-" + what).inheritInheritableThreadLocals(false).start(task);
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Catalog catalog = book.catalog();
    for (Resident r : book.residents()) {
      rows.add(row(r, catalog));
    }
    for (Offer offer : catalog.wanted().values()) {
      if (book.find(offer.id()).isEmpty()) {
        String why = book.waiting(offer);
        State state = why.isEmpty() ? State.LOADED : State.REFUSED;
        rows.add(new Row(history(PluginStatus.of(offer, state, why)), null));
      }
    }
    catalog.unused().forEach(u -> rows.add(new Row(PluginStatus.of(u), null)));
    return rows;
  }

  private Row row(Resident r, Catalog catalog) {
    Offer offer = r.offer();
    PluginLife life = lives.get(offer.id());
    String trouble =
        book.broughtBack(offer.id())
            .map(PluginConductor::sentence)
            .orElse(catalog.troubles().getOrDefault(offer.id(), ""));
    PluginStatus status =
        switch (r.phase()) {
          case STARTING -> PluginStatus.of(offer, State.LOADED, "");
          case STOPPING -> PluginStatus.of(offer, State.STOPPED, "");
          case FAILED ->
              PluginStatus.of(
                  offer,
                  State.QUARANTINED,
                  "it " + r.failure() + "; put that right and copy its jar again");
          case RUNNING -> {
            String degraded = life == null ? "" : life.degraded();
            yield PluginStatus.of(
                offer,
                degraded.isEmpty() ? State.RUNNING : State.DEGRADED,
                degraded.isEmpty() ? trouble : degraded);
          }
        };
    LiveScope scope = life == null || r.phase() != PluginBook.Phase.RUNNING ? null : life.scope();
    return new Row(history(status), scope);
  }

  private static String sentence(BroughtBack back) {
    return "%s %s was to replace it, but %s; the version before was brought back and goes on: put that right and copy the jar again"
        .formatted(
            back.replacement().place(), back.replacement().manifest().version(), back.failure());
  }

  private PluginStatus history(PluginStatus status) {
    return status.withHistory(
        starts.getOrDefault(status.id(), 0), stopProblems.getOrDefault(status.id(), ""));
  }
}
