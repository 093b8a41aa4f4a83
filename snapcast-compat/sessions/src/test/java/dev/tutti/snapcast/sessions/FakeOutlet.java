package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A connection's far end: remembers what arrived and when, takes only as much as it is told to. */
final class FakeOutlet implements Outlet {
  /** What arrived: one message, and when its last byte came. */
  record Got(long atMicros, BaseHeader header, Message message) {}

  private final LongSupplier clock;
  private final FrameParser parser = new FrameParser(BaseHeader.MAX_SIZE);
  private final List<Got> got = new ArrayList<>();
  private long room = Long.MAX_VALUE;
  private int writes;
  private boolean wantsRoom;
  private boolean broken;
  private boolean closed;

  FakeOutlet(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public long write(ByteBuffer[] buffers, int count) {
    if (closed) {
      throw new AssertionError("written to after close");
    }
    if (broken) {
      return BROKEN;
    }
    writes++;
    long taken = 0;
    for (int i = 0; i < count; i++) {
      ByteBuffer from = buffers[i];
      int now = (int) Math.min(room, from.remaining());
      byte[] bytes = new byte[now];
      from.get(bytes);
      arrive(ByteBuffer.wrap(bytes));
      room -= room == Long.MAX_VALUE ? 0 : now;
      taken += now;
    }
    return taken;
  }

  private void arrive(ByteBuffer bytes) {
    try {
      parser.feed(
          bytes,
          (header, payload) -> {
            byte[] own = new byte[payload.remaining()];
            payload.get(own);
            Message message = Message.decode(header.type(), ByteBuffer.wrap(own));
            got.add(new Got(clock.getAsLong(), header, message));
          });
    } catch (ProtocolException e) {
      throw new AssertionError("the server sent what is not the protocol", e);
    }
  }

  @Override
  public void awaitRoom() {
    wantsRoom = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** From now on only so many bytes are taken. */
  void room(long bytes) {
    room = bytes;
  }

  /** Whether the server asked to be told of room; asking clears it. */
  boolean wantsRoom() {
    boolean asked = wantsRoom;
    wantsRoom = false;
    return asked;
  }

  void breakDown() {
    broken = true;
  }

  boolean closed() {
    return closed;
  }

  int writes() {
    return writes;
  }

  List<Got> got() {
    return got;
  }

  void forget() {
    got.clear();
    writes = 0;
  }

  <M extends Message> List<M> all(Class<M> type) {
    return got.stream().map(Got::message).filter(type::isInstance).map(type::cast).toList();
  }

  Stream<Got> chunks() {
    return got.stream().filter(g -> g.message() instanceof WireChunk);
  }

  List<Long> chunkTimes() {
    return all(WireChunk.class).stream().map(WireChunk::timestampMicros).toList();
  }

  /** All messages' types in order, without chunks. */
  List<Integer> talk() {
    return got.stream().map(g -> g.header().type()).filter(type -> type != WireChunk.TYPE).toList();
  }
}
