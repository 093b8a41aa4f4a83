package dev.tutti.player.deep;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** One way of a wire in virtual time: takes its time for each byte, and some for the distance. */
final class Wires {
  private double bytesPerMicro;
  private final long delayMicros;
  private final Deque<Packet> underway = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private double freeAt;
  private long unevenMicros;
  private long lastArrives;

  private record Packet(long arrivesAt, ByteBuffer bytes) {}

  /**
   * @param bitsPerSecond of the wire
   * @param delayMicros from end to end
   */
  Wires(double bitsPerSecond, long delayMicros) {
    bytesPerMicro = bitsPerSecond / 8e6;
    this.delayMicros = delayMicros;
  }

  /** From now on some bytes take longer, up to this. */
  void uneven(long mostMicros) {
    unevenMicros = mostMicros;
  }

  void send(ByteBuffer bytes, long nowMicros) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    freeAt = Math.max(freeAt, nowMicros) + copy.remaining() / bytesPerMicro;
    long more = unevenMicros == 0 ? 0 : random.nextLong(unevenMicros);
    lastArrives = Math.max(lastArrives, (long) Math.ceil(freeAt) + delayMicros + more);
    underway.add(new Packet(lastArrives, copy));
  }

  /** Hands over what has arrived. */
  void deliver(long nowMicros, BiConsumer<ByteBuffer, Long> to) {
    while (!underway.isEmpty() && underway.peek().arrivesAt() <= nowMicros) {
      to.accept(underway.poll().bytes(), nowMicros);
    }
  }

  void rate(double bitsPerSecond) {
    bytesPerMicro = bitsPerSecond / 8e6;
  }

  /** How long bytes sent now would wait for those before them. */
  long queueMicros(long nowMicros) {
    return (long) Math.max(0, freeAt - nowMicros);
  }

  /** All that is on its way is lost. */
  void cut() {
    underway.clear();
    freeAt = 0;
  }
}
