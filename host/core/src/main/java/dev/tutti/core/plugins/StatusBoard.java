package dev.tutti.core.plugins;

import dev.tutti.api.Registration;
import dev.tutti.core.plugins.PluginStatus.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every plugin, for whoever asks, at any time. Written by the host's thread, read
 * by all.
 */
final class StatusBoard {
  private static final Logger LOG = System.getLogger(StatusBoard.class.getName());

  private final Remains remains;
  private final List<Consumer<PluginStatus>> listeners = new CopyOnWriteArrayList<>();
  private volatile List<Row> rows = List.of();
  private Map<String, PluginStatus> told = Map.of();

  StatusBoard(Remains remains) {
    this.remains = remains;
  }

  /** A status, and the life it is brought up to date from whenever somebody asks. */
  record Row(PluginStatus status, @Nullable LiveScope scope) {}

  /** Shows new rows, and tells what has changed. */
  void show(List<Row> now) {
    rows =
        now.stream()
            .sorted(
                Comparator.comparing((Row r) -> r.status.id()).thenComparing(r -> unused(r.status)))
            .toList();
    Map<String, PluginStatus> next = new HashMap<>();
    for (PluginStatus status : read()) {
      String key = status.id() + " " + status.jar();
      next.put(key, status);
      PluginStatus before = told.get(key);
      if (before == null
          || before.state() != status.state()
          || !before.reason().equals(status.reason())
          || before.starts() != status.starts()) {
        tell(status);
      }
    }
    told.forEach((key, before) -> {
      if (!next.containsKey(key) && before.state() != State.STOPPED) {
        tell(before.as(State.STOPPED, "it was taken away"));
      }
    });
    told = next;
  }

  private static boolean unused(PluginStatus status) {
    return status.state() == State.REFUSED || status.state() == State.DISABLED;
  }

  private void tell(PluginStatus status) {
    Level level =
        switch (status.state()) {
          case LOADED -> Level.DEBUG;
          case RUNNING -> status.reason().isEmpty() ? Level.INFO : Level.WARNING;
          case STOPPED, DISABLED -> Level.INFO;
          case DEGRADED, QUARANTINED, REFUSED -> Level.WARNING;
        };
    LOG.log(level, status.sentence());
    listeners.forEach(listener -> listener.accept(status));
  }

  List<PluginStatus> read() {
    List<PluginStatus> all = new ArrayList<>();
    for (Row row : rows) {
      LiveScope scope = row.scope;
      PluginStatus status = row.status.withAbandoned(remains.count(row.status.id()));
      all.add(scope == null ? status : status.withLive(scope));
    }
    return List.copyOf(all);
  }

  Registration onChange(Consumer<PluginStatus> listener) {
    Consumer<PluginStatus> entry = now -> listener.accept(now);
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }
}
