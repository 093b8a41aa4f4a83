package dev.tutti.core.plugins;

import dev.tutti.api.Registration;
import dev.tutti.api.service.Services;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who offers what to whom. Keeps nothing of a type that nobody offers and nobody listens for, so
 * that a stopped plugin's classes can go. Thread-safe.
 */
public final class ServiceRegistry {
  private final Map<Class<?>, Entry> entries = new HashMap<>();

  /**
   * One plugin's view.
   *
   * @param publishable whether the plugin may offer a type: one of the api, of a plugin it
   *     requires, or of a package it exports
   */
  public Services forPlugin(PluginScope scope, Predicate<Class<?>> publishable) {
    return new Door(scope, publishable);
  }

  /** Offers something of the host itself; it is there as long as the host. */
  public synchronized <T> void offerByHost(Class<T> type, T implementation) {
    Entry entry = entries.computeIfAbsent(type, t -> new Entry());
    entry.byHost = true;
    entry.implementation = implementation;
    entry.tell(implementation);
  }

  private synchronized Optional<Object> current(Class<?> type) {
    Entry entry = entries.get(type);
    return Optional.ofNullable(entry == null ? null : entry.implementation);
  }

  private synchronized void provide(Class<?> type, Object implementation, PluginScope provider) {
    Entry entry = entries.computeIfAbsent(type, t -> new Entry());
    if (entry.byHost) {
      throw new IllegalStateException("the service %s is the host's own".formatted(type.getName()));
    }
    PluginScope holder = entry.provider;
    if (holder != null) {
      throw new IllegalStateException(
          "the service %s is offered by the plugin '%s' already; remove one of the two plugins"
              .formatted(type.getName(), holder.pluginId()));
    }
    entry.provider = provider;
    entry.implementation = implementation;
    entry.tell(implementation);
  }

  private synchronized void withdraw(Class<?> type, PluginScope provider) {
    Entry entry = entries.get(type);
    if (entry != null && provider.equals(entry.provider)) {
      entry.provider = null;
      entry.implementation = null;
      entry.tell(null);
      dropIfIdle(type, entry);
    }
  }

  private synchronized void listen(Class<?> type, Listener listener) {
    entries.computeIfAbsent(type, t -> new Entry()).listeners.add(listener);
  }

  private synchronized void unlisten(Class<?> type, Listener listener) {
    Entry entry = entries.get(type);
    if (entry != null && entry.listeners.remove(listener)) {
      dropIfIdle(type, entry);
    }
  }

  private void dropIfIdle(Class<?> type, Entry entry) {
    if (entry.provider == null && !entry.byHost && entry.listeners.isEmpty()) {
      entries.remove(type);
    }
  }

  /** How many types are offered or listened for. */
  synchronized int size() {
    return entries.size();
  }

  private static final class Entry {
    @Nullable PluginScope provider;
    boolean byHost;
    @Nullable Object implementation;
    final List<Listener> listeners = new ArrayList<>();

    void tell(@Nullable Object now) {
      listeners.forEach(listener -> listener.tell(now));
    }
  }

  /** A listener and the plugin on whose thread it is told. Compared by identity. */
  private static final class Listener {
    private final PluginScope scope;
    private final String what;
    private final Consumer<@Nullable Object> target;

    Listener(PluginScope scope, String what, Consumer<@Nullable Object> target) {
      this.scope = scope;
      this.what = what;
      this.target = target;
    }

    void tell(@Nullable Object now) {
      scope.post(what, () -> target.accept(now));
    }
  }

  private final class Door implements Services {
    private final PluginScope scope;
    private final Predicate<Class<?>> publishable;

    Door(PluginScope scope, Predicate<Class<?>> publishable) {
      this.scope = scope;
      this.publishable = publishable;
    }

    @Override
    public <T> Registration provide(Class<T> type, T implementation) {
      scope.checkOpen();
      if (!type.isInterface()) {
        throw new IllegalArgumentException(type.getName() + " is no interface");
      }
      if (!publishable.test(type)) {
        throw new IllegalArgumentException(
            "nobody else can see %s; add \"%s\" to \"exports\" in plugin.json"
                .formatted(type.getName(), type.getPackageName()));
      }
      ServiceRegistry.this.provide(type, implementation, scope);
      return scope.register("service", () -> withdraw(type, scope));
    }

    @Override
    public <T> Service<T> find(Class<T> type) {
      scope.checkOpen();
      return new Handle<>(scope, type);
    }
  }

  private final class Handle<T> implements Services.Service<T> {
    private final PluginScope scope;
    private final Class<T> type;

    Handle(PluginScope scope, Class<T> type) {
      this.scope = scope;
      this.type = type;
    }

    @Override
    public Optional<T> get() {
      scope.checkOpen();
      return current(type).map(type::cast);
    }

    @Override
    public Registration onChange(Consumer<Optional<T>> listener) {
      scope.checkOpen();
      Listener told =
          new Listener(
              scope,
              "a listener of the service " + type.getName(),
              now -> listener.accept(Optional.ofNullable(now).map(type::cast)));
      listen(type, told);
      return scope.register("subscription", () -> unlisten(type, told));
    }
  }
}
