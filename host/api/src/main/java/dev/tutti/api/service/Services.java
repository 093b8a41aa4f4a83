package dev.tutti.api.service;

import dev.tutti.api.Registration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How plugins talk to each other: by interfaces that live in {@code dev.tutti.api}, or in packages
 * that the providing plugin exports and a plugin that {@code requires} it sees. Thread-safe.
 */
public interface Services {
  /** Offers an implementation; a second provider of the same type is refused by name. */
  <T> Registration provide(Class<T> type, T implementation);

  /** A handle that stays valid while providers come and go. */
  <T> Service<T> find(Class<T> type);

  /**
   * A handle to a service that may or may not be there at the moment. Do not keep what {@link #get}
   * returns.
   */
  interface Service<T> {
    Optional<T> get();

    /**
     * Told, on a thread of the plugin, when the service comes (with it) and when it goes (with
     * empty).
     */
    Registration onChange(Consumer<Optional<T>> listener);
  }
}
