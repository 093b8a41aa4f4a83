package dev.tutti.player.edge;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import dev.tutti.snapcast.sessions.Outlet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The far end of a local connection: remembers what it was sent. */
final class LocalClient implements Outlet {
  /** A chunk, and when it came. */
  record Got(long atMicros, long timestampMicros, byte[] data) {}

  final List<Got> chunks = new ArrayList<>();

  /** Everything else. */
  final List<Message> told = new ArrayList<>();

  boolean closed;
  private final LongSupplier clock;
  private final FrameParser parser = new FrameParser(BaseHeader.MAX_SIZE);

  LocalClient(LongSupplier clock) {
    this.clock = clock;
  }

  static ByteBuffer timeRequest(long nowMicros) {
    return new Time(0).frame(9, 0, nowMicros, nowMicros);
  }

  <M extends Message> List<M> all(Class<M> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Got> chunksSince(long micros) {
    return chunks.stream().filter(chunk -> chunk.atMicros() >= micros).toList();
  }

  /** Chunks that came before are not asked for any more. */
  void forget(long beforeMicros) {
    chunks.removeIf(chunk -> chunk.atMicros() < beforeMicros);
  }

  @Override
  public long write(ByteBuffer[] buffers, int count) {
    long taken = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[buffers[i].remaining()];
      buffers[i].get(bytes);
      taken += bytes.length;
      try {
        parser.feed(ByteBuffer.wrap(bytes), this::take);
      } catch (ProtocolException e) {
        throw new AssertionError(e);
      }
    }
    return taken;
  }

  private void take(BaseHeader header, ByteBuffer payload) throws ProtocolException {
    byte[] own = new byte[payload.remaining()];
    payload.get(own);
    Message message = Message.decode(header.type(), ByteBuffer.wrap(own));
    if (message instanceof WireChunk chunk) {
      byte[] data = new byte[chunk.data().remaining()];
      chunk.data().duplicate().get(data);
      chunks.add(new Got(clock.getAsLong(), chunk.timestampMicros(), data));
    } else {
      told.add(message);
    }
  }

  @Override
  public void awaitRoom() {
    throw new AssertionError("there is always room");
  }

  @Override
  public void close() {
    closed = true;
  }
}
