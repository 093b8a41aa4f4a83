package dev.tutti.core.plugins;

/** The version of {@code dev.tutti.api} that this host offers. */
public final class ApiVersion {
  /** Grows in its second number with each addition, in its first when something is taken away. */
  public static final Version CURRENT = new Version(1, 0, 0, "");

  private ApiVersion() {}
}
