package dev.tutti.core.plugins;

import dev.tutti.api.Plugin;
import dev.tutti.core.plugins.PluginClassLoader.Export;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's classes, ready to run.
 *
 * @param exported what plugins that require it see of it
 * @param publishable which services it may offer
 * @param create makes the plugin, on the plugin's own thread
 * @param unload lets go of the classes and the files
 */
record LoadedCode(
    ClassLoader loader,
    Export exported,
    Predicate<Class<?>> publishable,
    Callable<Plugin> create,
    AutoCloseable unload) {

  /**
   * Loads an offer.
   *
   * @param life counts the lives of this host's plugins; names the folder
   * @param imports what the plugins it requires export
   * @throws IOException if the private folder cannot be filled
   */
  static LoadedCode of(
      Offer offer, int life, @Nullable WorkFolder work, ClassLoader api, List<Export> imports)
      throws IOException {
    return switch (offer) {
      case Offer.OfJar jar -> {
        if (work == null) {
          throw new IOException("there is no folder for private copies of jars");
        }
        yield ofJar(jar, work.layOut(jar, life), api, imports);
      }
      case Offer.OfSource source -> ofSource(source);
    };
  }

  private static LoadedCode ofJar(
      Offer.OfJar offer, WorkFolder.Layout layout, ClassLoader api, List<Export> imports) {
    PluginManifest manifest = offer.manifest();
    Set<String> packages = Set.copyOf(manifest.exports());
    PluginClassLoader loader =
        new PluginClassLoader(manifest.id(), layout.classPath(), api, imports);
    return new LoadedCode(
        loader,
        new Export(packages, loader),
        type -> !loader.equals(type.getClassLoader()) || packages.contains(type.getPackageName()),
        () -> instantiate(loader, manifest.entry()),
        () -> {
          loader.close();
          WorkFolder.delete(layout.folder());
        });
  }

  /** Shares the program's class loader, so everybody sees everything. */
  private static LoadedCode ofSource(Offer.OfSource offer) {
    PluginSource source = offer.source();
    return new LoadedCode(
        source.loader(),
        new Export(Set.copyOf(offer.manifest().exports()), source.loader()),
        type -> true,
        source.create()::get,
        () -> {});
  }

  private static Plugin instantiate(ClassLoader loader, String entry) throws Exception {
    Class<?> type = Class.forName(entry, true, loader);
    if (!Plugin.class.isAssignableFrom(type)) {
      throw new IllegalStateException(
          "its entry " + entry + " does not implement dev.tutti.api.Plugin; correct \"entry\"");
    }
    try {
      return (Plugin) type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new IllegalStateException(
          "its entry " + entry + " must be public, with a public constructor without parameters",
          e);
    } catch (java.lang.reflect.InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception e ? e : thrown;
    }
  }
}
