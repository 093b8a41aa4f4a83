package dev.tutti.player.playout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.session.Chunk;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.StreamHead;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The playing thread allocates nothing in steady state (issue 4 item 7). */
class AllocationTest {
  private static final int PERIOD = 480;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ChunkQueue queue = new ChunkQueue();
  private final PieceRing ring = new PieceRing();
  private final Decoding decoding = new Decoding(queue, ring, () -> 2);
  private final ClockView clock = Room.view(0, 0, 0, 0, 3e-6);
  private final ServerSettings settings = new ServerSettings(400, 0, false, 70);
  private final PlayOut out =
      new PlayOut(
          new PlayOut.Setup(
              SampleFormat.DEFAULT, PERIOD, false, VolumeCurve.DEFAULT, true, 0, () -> true),
          ring,
          () -> clock,
          () -> settings,
          new Gauges());
  private final byte[] request = new byte[PERIOD * 4];
  private long now = 1_000_000;
  private long sent = now;

  @Test
  void tenSecondsOfPlayingAllocateNothing() {
    StreamHead head = head();
    play(head, 2000);

    // The JVM itself may allocate once or twice, what the code does would show every time.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      least = Math.min(least, allocatedIn(head, 1000));
    }

    assertThat(out.gauges().playing()).isTrue();
    assertThat(out.gauges().resyncs()).isZero();
    assertThat(least).isZero();
  }

  private long allocatedIn(StreamHead head, int requests) {
    long allocated = 0;
    for (int i = 0; i < requests; i++) {
      feed(head);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      step();
      allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    return allocated;
  }

  private void play(StreamHead head, int requests) {
    for (int i = 0; i < requests; i++) {
      feed(head);
      step();
    }
  }

  private void feed(StreamHead head) {
    while (sent < now + 200_000) {
      queue.add(new Chunk(head, 0, sent, new byte[960 * 4]));
      sent += 20_000;
    }
    decoding.step();
  }

  private void step() {
    out.observe(PERIOD * 2.0, now, 0);
    out.fill(request, PERIOD, now);
    now += 10_000;
  }

  private static StreamHead head() {
    ByteBuffer header = CodecHeader.pcm(48_000, 16, 2).header();
    byte[] bytes = new byte[header.remaining()];
    header.duplicate().get(bytes);
    return new StreamHead("pcm", bytes);
  }
}
