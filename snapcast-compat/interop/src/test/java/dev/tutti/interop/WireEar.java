package dev.tutti.interop;

import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client of a server that plays nothing and only notes what it is sent, so that what is on the
 * wire is known without standing in any player's way.
 */
final class WireEar implements AutoCloseable {
  private final WireTap tap;
  private final Socket socket;
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("wire-ear-asks").daemon().factory());

  private WireEar(WireTap tap, Socket socket) {
    this.tap = tap;
    this.socket = socket;
    Thread.ofPlatform().name("wire-ear").daemon().start(this::listen);
    asking.scheduleAtFixedRate(this::ask, 0, 1, TimeUnit.SECONDS);
  }

  /** Who never asks for the time is taken for dead. */
  private void ask() {
    try {
      long now = System.nanoTime() / 1000;
      Channels.newChannel(socket.getOutputStream()).write(new Time(0).frame(2, 0, now, now));
    } catch (IOException e) {
      // The server has gone; so has this.
      asking.shutdown();
    }
  }

  static WireEar join(int serverPort, String hostId) {
    WireTap tap = WireTap.before(serverPort);
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), tap.port());
      Hello hello =
          new Hello(hostId, "ear", "0.26.0", "Ear", "", "", 1, hostId, 2, Optional.empty());
      long now = System.nanoTime() / 1000;
      Channels.newChannel(socket.getOutputStream()).write(hello.frame(1, 0, now, now));
      return new WireEar(tap, socket);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void listen() {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The server has gone, or the test ends: what was heard stays.
    }
  }

  /** What was sent in the last seconds, at most since the last codec header. */
  WireRecord last(int seconds) {
    return since(System.nanoTime() - seconds * 1_000_000_000L);
  }

  /** What came at an instant of this machine's clock or later. */
  WireRecord since(long nanos) {
    return tap.recorded().since(nanos);
  }

  /** When, by what was sent lately, a period of a glide is to begin to be heard. */
  long zeroMicros(Glide glide) {
    return last(2).zeroMicros(glide);
  }

  @Override
  public void close() {
    asking.shutdownNow();
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    tap.close();
  }
}
