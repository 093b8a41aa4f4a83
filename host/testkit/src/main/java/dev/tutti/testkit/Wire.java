package dev.tutti.testkit;

import dev.tutti.core.time.VirtualTime;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One direction of a TCP connection: bytes arrive in order, each write after a delay of its own,
 * none before the one before it.
 */
final class Wire {
  private final VirtualTime time;
  private final RandomGenerator random;
  private final Network network;
  private final Consumer<ByteBuffer> receiver;
  private long lastArrivalMicros = Long.MIN_VALUE;
  private boolean cut;

  /**
   * What a wire is like.
   *
   * @param delayMicros at least
   * @param jitterMicros at most as much again, evenly distributed
   */
  record Network(long delayMicros, long jitterMicros) {
    static final Network CABLE = new Network(100, 200);
  }

  Wire(VirtualTime time, RandomGenerator random, Network network, Consumer<ByteBuffer> receiver) {
    this.time = time;
    this.random = random;
    this.network = network;
    this.receiver = receiver;
  }

  /** Sends a copy of the buffer's bytes, which are consumed. */
  void send(ByteBuffer bytes) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    long jitter = network.jitterMicros() == 0 ? 0 : random.nextLong(network.jitterMicros() + 1);
    lastArrivalMicros =
        Math.max(lastArrivalMicros, time.nowMicros() + network.delayMicros() + jitter);
    var _ =
        time.at(
            lastArrivalMicros,
            "wire",
            () -> {
              if (!cut) {
                receiver.accept(copy);
              }
            });
  }

  /** Nothing arrives any more, what is on its way included. */
  void cut() {
    cut = true;
  }
}
