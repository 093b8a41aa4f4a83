package dev.tutti.core.plugins;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One plugin's classes: first the api and the JDK, then what the plugins it requires export, then
 * its own jar and libraries. What is in its own jar is invisible to everybody else, unless
 * exported. Thread-safe.
 */
final class PluginClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final List<Export> imports;

  /**
   * @param imports what it sees of others
   */
  PluginClassLoader(String id, List<Path> classPath, ClassLoader api, List<Export> imports) {
    super("plugin-" + id, classPath.stream().map(PluginClassLoader::url).toArray(URL[]::new), api);
    this.imports = imports;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    String packageName = dot < 0 ? "" : name.substring(0, dot);
    for (Export export : imports) {
      if (export.packages.contains(packageName)) {
        return export.loader.loadClass(name);
      }
    }
    return super.loadClass(name, resolve);
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new AssertionError("a file has a URL", impossible);
    }
  }

  /** Packages of another plugin, and who loads them. */
  record Export(Set<String> packages, ClassLoader loader) {}
}
