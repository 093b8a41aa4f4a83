package dev.tutti.player.deep;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/** One way of a wire in virtual time: takes its time for each byte, and some for the distance. */
final class Wires {
  private double bytesPerMicro;
  private final long delayMicros;
  private final Deque<Packet> underway = new ArrayDeque<>();
  private double freeAt;

  private record Packet(long arrivesAt, ByteBuffer bytes) {}

  /**
   * @param bitsPerSecond of the wire
   * @param delayMicros from end to end
   */
  Wires(double bitsPerSecond, long delayMicros) {
    bytesPerMicro = bitsPerSecond / 8e6;
    this.delayMicros = delayMicros;
  }

  void send(ByteBuffer bytes, long nowMicros) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    freeAt = Math.max(freeAt, nowMicros) + copy.remaining() / bytesPerMicro;
    underway.add(new Packet((long) Math.ceil(freeAt) + delayMicros, copy));
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
