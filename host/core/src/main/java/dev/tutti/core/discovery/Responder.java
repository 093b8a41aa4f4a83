package dev.tutti.core.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Answers mDNS questions on one network until closed. */
interface Responder extends AutoCloseable {
  /** Says goodbye, so that others forget the services at once. May block for seconds. */
  @Override
  void close();

  /** Makes responders. */
  @FunctionalInterface
  interface Factory {
    /**
     * Begins to announce. May block for seconds.
     *
     * @param at the address that announced services are reached at; also says which network
     * @throws IOException saying why that network cannot be used
     */
    Responder open(InetAddress at, List<Announcement> what) throws IOException;
  }
}
