package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.Clock;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult.Accepted;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.core.plugins.FakeScope;
import dev.tutti.core.plugins.PluginScope;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.time.SystemClock;
import dev.tutti.core.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams on real threads: the conductor, one thread per source, listeners on their own. */
@Timeout(30)
class ConductorTest {
  private static final int LEAD_MS = 300;

  @TempDir private Path folder;
  private final Clock clock = new SystemClock();
  private final StreamEngine engine =
      new StreamEngine(
          StreamTiming.ofBufferMs(LEAD_MS),
          new SourceThreads(),
          AnchorStore.NONE,
          Patience.BLOCKING);
  private final Conductor conductor = new Conductor(engine, clock);
  private final FakeScope plugin = new FakeScope("test-plugin");

  @BeforeEach
  void start() {
    conductor.start();
  }

  @AfterEach
  void end() {
    conductor.close();
  }

  private Streams streams(PluginScope scope) {
    StateFile file = new StateFile(folder.resolve(AddedStreams.FILE_NAME), new SystemDisk());
    return AddedStreams.restore(engine, ConductorTest::plan, file, new VirtualTime())
        .forPlugin(scope);
  }

  private static StreamConfig plan(SourceUri uri) {
    return new StreamConfig(uri.option("name").orElse(""), uri, Bench.FORMAT, "pcm", 20);
  }

  private void stream(String id) {
    engine.add(plan(SourceUri.parse("test:///" + id + "?name=" + id)));
  }

  private static boolean alive(String threadName) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals(threadName));
  }

  /** Takes blocks as they become ready, as a session does. */
  private List<TimedBlock> hear(Streams streams, String id, int count) throws InterruptedException {
    Semaphore ready = new Semaphore(1);
    List<TimedBlock> heard = new ArrayList<>();
    try (Tap tap = streams.listen(id, ready::release)) {
      tap.leadMicros(LEAD_MS * 1000L);
      long next = tap.sequenceAt(clock.nowMicros());
      while (heard.size() < count) {
        TimedBlock block = tap.take(next);
        if (block == null) {
          ready.acquire();
        } else {
          heard.add(block);
          next++;
        }
      }
    }
    return heard;
  }

  @Test
  void musicPlays() throws InterruptedException {
    stream("music");
    engine.sources(plugin).provide("test", request -> Tracks.noise(3, ofSeconds(60)));
    long began = clock.nowMicros();
    List<TimedBlock> heard = hear(streams(plugin), "music", 300);
    assertThat(heard.getFirst().timeMicros()).isGreaterThanOrEqualTo(began);
    for (int i = 0; i < heard.size(); i++) {
      float[] expected = Tracks.noise(3, ofSeconds(60)).expected(0, 960L * i, 960);
      Pcm.assertSame(heard.get(i).samples(), expected);
    }
  }

  @Test
  void aLiveSourceIsPacedByItsQueue() throws InterruptedException {
    stream("radio");
    Endless source = new Endless();
    engine.sources(plugin).provide("test", request -> source);
    long began = clock.nowMicros();
    List<TimedBlock> heard = hear(streams(plugin), "radio", 50);
    long spent = clock.nowMicros() - began;
    float expected = 0;
    for (TimedBlock block : heard) {
      for (int f = 0; f < block.frames() && !block.rest(); f++) {
        assertThat(block.samples()[2 * f]).isEqualTo((expected++ % 1000) / 1000);
      }
    }
    assertThat(spent).as("fifty blocks of 20 ms").isGreaterThan(600_000);
  }

  /** Captures as fast as it may. */
  private static final class Endless implements LiveSource {
    @Override
    public void capture(AudioWriter writer) throws InterruptedException {
      AudioBlock block = new AudioBlock(2, 701);
      for (long frame = 0; ; ) {
        block.clear();
        while (block.free() > 0) {
          float value = (frame++ % 1000) / 1000f;
          block.add(value, value);
        }
        writer.write(block);
      }
    }
  }

  @Test
  void aHungSourceHoldsUpNeitherTheOthersNorItsPlugin() throws InterruptedException {
    stream("music");
    FakeScope broken = new FakeScope("broken");
    CountDownLatch never = new CountDownLatch(1);
    SourceUri uri = SourceUri.parse("hung:///x");
    engine.add(new StreamConfig("hung", uri, Bench.FORMAT, "pcm", 20));
    engine.sources(broken).provide("hung", request -> new Hung(never));
    engine.sources(plugin).provide("test", request -> Tracks.noise(3, ofSeconds(60)));
    Streams streams = streams(plugin);
    try (Tap tap = streams.listen("hung", () -> {})) {
      await().until(() -> alive("source-hung"));
      assertThat(hear(streams, "music", 100)).hasSize(100);
      broken.close();
      assertThat(tap.take(0)).isNull();
    }
    assertThat(alive("source-hung")).as("left behind, as it ignores its interrupt").isTrue();
    never.countDown();
    await().until(() -> !alive("source-hung"));
  }

  /** Does not come back from its first read, interrupted or not. */
  private record Hung(CountDownLatch never) implements OnDemandSource {
    @Override
    public boolean read(AudioBlock block) {
      while (true) {
        try {
          never.await();
          return false;
        } catch (InterruptedException e) {
          System.getLogger("test").log(System.Logger.Level.DEBUG, "ignored");
        }
      }
    }

    @Override
    public String position() {
      return "";
    }

    @Override
    public void reposition(String token) {}
  }

  @Test
  void commandsAreAnsweredAndChangesAreTold() {
    stream("music");
    engine.sources(plugin).provide("test", request -> Tracks.noise(3, ofSeconds(60)));
    Streams streams = streams(plugin);
    List<StreamEvent> events = new CopyOnWriteArrayList<>();
    streams.onChange(events::add);
    await().until(() -> !streams.list().getFirst().can().isEmpty());
    assertThat(streams.command("music", new Pause())).isEqualTo(new Accepted());
    await()
        .untilAsserted(() ->
            assertThat(events)
                .anyMatch(e ->
                    e instanceof StreamEvent.Changed c && c.now().playback() == Playback.PAUSED));
  }

  @Test
  void aPluginThatEndsTakesItsTapsSubscriptionsAndSourceThreadsAlong() {
    stream("music");
    engine.sources(plugin).provide("test", request -> Tracks.noise(3, ofSeconds(60)));
    FakeScope listener = new FakeScope("listener");
    Tap tap = streams(listener).listen("music", () -> {});
    await().until(() -> tap.take(0) != null);
    listener.close();
    assertThat(tap.take(0)).isNull();
    plugin.close();
    assertThat(alive("source-music")).isFalse();
  }

  @Test
  void whatNeverStartedCanBeClosed() {
    StreamEngine idle =
        new StreamEngine(
            StreamTiming.ofBufferMs(LEAD_MS),
            new SourceThreads(),
            AnchorStore.NONE,
            Patience.BLOCKING);
    assertThatCode(new Conductor(idle, clock)::close).doesNotThrowAnyException();
  }

  @Test
  void closingEndsAllThreads() {
    stream("music");
    engine.sources(plugin).provide("test", request -> Tracks.noise(3, ofSeconds(60)));
    await().until(() -> alive("source-music"));
    conductor.close();
    assertThat(alive("conductor")).isFalse();
    await().atMost(ofMillis(2000)).until(() -> !alive("source-music"));
  }
}
