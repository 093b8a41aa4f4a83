package dev.tutti.core.plugins;

/**
 * The parent of every plugin's class loader: the JDK, the api, the audio library, and nothing else
 * of the host. Thread-safe.
 */
final class ApiClassLoader extends ClassLoader {
  private static final String[] VISIBLE = {"dev.tutti.api.", "dev.tutti.audio.", "org.jspecify."};

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;

  ApiClassLoader(ClassLoader host) {
    super("tutti-api", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    for (String prefix : VISIBLE) {
      if (name.startsWith(prefix)) {
        return host.loadClass(name);
      }
    }
    throw new ClassNotFoundException(name);
  }
}
