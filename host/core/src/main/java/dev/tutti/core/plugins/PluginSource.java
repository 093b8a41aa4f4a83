package dev.tutti.core.plugins;

import dev.tutti.api.Plugin;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A plugin that is built into the program or a test instead of lying in a folder as a jar. Its life
 * is the same; it shares the program's class loader.
 *
 * @param create makes a new instance for each life
 */
public record PluginSource(PluginManifest manifest, ClassLoader loader, Supplier<Plugin> create) {

  /**
   * As {@link #ofInstance(Plugin, PluginManifest)}, with the {@code plugin.json} that names the
   * plugin's class and lies on the same class path; where there is none, as in a test of a single
   * class, {@code RainPlugin} gets the id {@code rain} and every permission.
   *
   * @throws IllegalArgumentException if its plugin.json is wrong
   */
  public static PluginSource ofInstance(Plugin plugin) {
    return ofInstance(plugin, FoundManifest.of(plugin.getClass()));
  }

  /**
   * The given instance lives first; after a reload a new one of its class, where the class has a
   * constructor without parameters, else the same again.
   */
  public static PluginSource ofInstance(Plugin plugin, PluginManifest manifest) {
    AtomicBoolean used = new AtomicBoolean();
    Class<? extends Plugin> type = plugin.getClass();
    return new PluginSource(
        manifest, loaderOf(type), () -> used.getAndSet(true) ? another(plugin) : plugin);
  }

  private static ClassLoader loaderOf(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  private static Plugin another(Plugin plugin) {
    try {
      Constructor<? extends Plugin> constructor = plugin.getClass().getDeclaredConstructor();
      if (!Modifier.isPublic(constructor.getModifiers())
          || !Modifier.isPublic(plugin.getClass().getModifiers())) {
        constructor.setAccessible(true);
      }
      return constructor.newInstance();
    } catch (ReflectiveOperationException noSuchConstructor) {
      return plugin;
    }
  }
}
