package dev.tutti.api;

/** Something registered with the host. Closing it twice does no harm. Any thread. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  @Override
  void close();
}
