package dev.tutti.snapcast.bench;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One connection that behaves like a client that plays, but only counts. Used by the load's thread.
 */
final class Client {
  private static final int LARGEST_PAYLOAD = 1_000_000;
  private static final long RESERVE_MICROS = 150_000;
  private static final long TOLERANCE_MICROS = 2_000;

  private final SocketChannel channel;
  private final Measured measured;
  private final LongSupplier clock;
  private final FrameParser parser = new FrameParser(LARGEST_PAYLOAD);
  private final long connectedAt;
  private final String id;
  private int nextId = 2;
  private long offsetMicros;
  private long bufferMicros = 1_000_000;
  private long lastTimestamp;
  private long durationMicros;
  private boolean heard;

  Client(SocketChannel channel, int number, Measured measured, LongSupplier clock) {
    this.channel = channel;
    this.measured = measured;
    this.clock = clock;
    this.connectedAt = clock.getAsLong();
    this.id = String.format("02:be:%02x:%02x:00:01", number >> 8 & 0xFF, number & 0xFF);
  }

  void hello() throws IOException {
    Hello hello =
        new Hello(
            id,
            "bench-" + id,
            "0.34.0",
            "Snapclient",
            "Linux",
            "bench",
            1,
            id,
            2,
            Optional.empty());
    send(Hello.TYPE, hello.payload());
    askTime();
  }

  void askTime() throws IOException {
    send(Time.TYPE, new Time(0).payload());
  }

  private void send(int type, byte[] payload) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BaseHeader.BYTES + payload.length);
    new BaseHeader(type, nextId++, 0, clock.getAsLong(), 0, payload.length).encode(out);
    out.put(payload).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /**
   * Reads what has arrived.
   *
   * @return false at the end of the connection
   */
  boolean read(ByteBuffer buffer) throws IOException {
    int count;
    while ((count = channel.read(buffer.clear())) > 0) {
      measured.bytes(count);
      try {
        parser.feed(buffer.flip(), this::frame);
      } catch (ProtocolException e) {
        throw new IOException("the server sends nonsense: " + e.getMessage(), e);
      }
    }
    return count == 0;
  }

  private void frame(BaseHeader header, ByteBuffer payload) throws ProtocolException {
    long now = clock.getAsLong();
    switch (Message.decode(header.type(), payload)) {
      case ServerSettings s -> bufferMicros = 1000L * s.bufferMs();
      case Time t -> offsetMicros = (t.latencyMicros() - (now - header.sentMicros())) / 2;
      case WireChunk c -> chunk(c.timestampMicros(), now);
      default -> {
        // Of no interest to a load.
      }
    }
  }

  /** A chunk says no duration: the first step between two timestamps is taken for it. */
  private void chunk(long timestamp, long now) {
    if (!heard) {
      heard = true;
      measured.firstChunk(now - connectedAt);
    } else {
      long step = timestamp - lastTimestamp;
      if (durationMicros == 0) {
        durationMicros = step;
      }
      boolean follows = step <= 3 * durationMicros + TOLERANCE_MICROS && step > 0;
      measured.chunk(now + offsetMicros - timestamp, follows, bufferMicros - RESERVE_MICROS);
    }
    lastTimestamp = timestamp;
  }
}
