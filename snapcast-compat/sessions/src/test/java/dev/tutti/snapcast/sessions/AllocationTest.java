package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.Time;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The thread that writes to all clients must not keep the collector busy (design 3.7). */
class AllocationTest {
  private static final int CLIENTS = 200;
  private static final long BLOCK = 20_000;
  private static final int CHUNKS = 250;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final PayloadPool pool = new PayloadPool();
  private final List<FeedId> wanted = new ArrayList<>();
  private final FeedDemand demand =
      new FeedDemand() {
        @Override
        public void want(FeedId feed, long leadMicros, long fromMicros) {
          wanted.add(feed);
        }

        @Override
        public void release(FeedId feed) {
          wanted.remove(feed);
        }
      };
  private long now = House.START;
  private final Sessions sessions =
      new Sessions(
          new SessionPolicy(1000, Map.of(), false, CLIENTS),
          new FakeHouse(),
          demand,
          pool,
          () -> now);
  private final List<Session> clients = new ArrayList<>();
  private final byte[] sound = new byte[3840];
  private long chunkTime = House.START + 1_000_000;
  private long writes;
  private long allocated;

  /** Takes everything and keeps nothing. */
  private final class Drain implements Outlet {
    @Override
    public long write(ByteBuffer[] buffers, int count) {
      writes++;
      long bytes = 0;
      for (int i = 0; i < count; i++) {
        bytes += buffers[i].remaining();
        buffers[i].position(buffers[i].limit());
      }
      return bytes;
    }

    @Override
    public void awaitRoom() {
      throw new AssertionError("there is room");
    }

    @Override
    public void close() {
      throw new AssertionError("a session was closed");
    }
  }

  @Test
  void sendingChunksToManyClientsAllocatesNothingPerClient() {
    for (int i = 0; i < CLIENTS; i++) {
      Session client = sessions.accept(new Drain(), "10.0.0." + i, now);
      clients.add(client);
      String id = "client" + i;
      send(client, new Hello("", id, "", "", "", "", 1, id, 2, Optional.empty()));
    }
    sessions.opened(wanted.getFirst(), CodecHeader.pcm(48_000, 16, 2));
    for (int warm = 0; warm < 2; warm++) {
      play();
    }
    play();

    assertThat(writes).isGreaterThan(CLIENTS * CHUNKS / 5 * 9 / 10);
    assertThat(allocated).as("bytes for %d writes", writes).isLessThan(writes);
  }

  private void send(Session client, Message message) {
    client.received(message.frame(1, 0, now, 0), now);
  }

  /** Five seconds of audio; counts writes and allocations from its begin. */
  private void play() {
    clients.forEach(client -> send(client, new Time(0)));
    writes = 0;
    allocated = 0;
    for (int i = 0; i < CHUNKS; i++) {
      Chunk chunk = new Chunk(chunkTime, BLOCK, pool.of(sound));
      chunkTime += BLOCK;
      long until = now + BLOCK;
      long before = threads.getCurrentThreadAllocatedBytes();
      sessions.encoded(wanted.getFirst(), chunk);
      for (long next = sessions.step(now); next < until; next = sessions.step(now)) {
        now = Math.max(now, next);
      }
      allocated += threads.getCurrentThreadAllocatedBytes() - before;
      now = until;
    }
  }
}
