package dev.tutti.core.http;

import dev.tutti.core.plugins.PluginScope;

/** The host in the place of a plugin: routes of its own, which never end before it does. */
final class HostScope implements PluginScope {
  private static final System.Logger LOG = System.getLogger(HostScope.class.getName());

  @Override
  public String pluginId() {
    return "host";
  }

  @Override
  public boolean closed() {
    return false;
  }

  @Override
  public Runnable own(AutoCloseable resource) {
    return () -> {};
  }

  @Override
  public void guard(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, what + " failed", e);
    }
  }

  @Override
  public void post(String what, Runnable call) {
    guard(what, call);
  }

  @Override
  public ClassLoader loader() {
    return HostScope.class.getClassLoader();
  }
}
