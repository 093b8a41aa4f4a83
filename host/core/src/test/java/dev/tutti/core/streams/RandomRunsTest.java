package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.core.plugins.FakeScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens, in whatever order: taken blocks never change and are the same for everyone,
 * sequences have no holes, times never run back, and what was not processed is bit-exact. A failing
 * seed replays exactly.
 */
class RandomRunsTest {
  private static final Duration LENGTH = ofSeconds(20);

  /** Eight runs; {@code -Dtutti.runs=500} for more. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("tutti.runs", 8));
  }

  private final List<Listener> everyone = new ArrayList<>();

  private void join(Bench bench, String id, Random random) {
    Listener listener = bench.listen(id, ofMillis(100 + random.nextInt(2400)));
    everyone.add(listener);
    int leads = random.nextInt(3);
    for (int i = 0; i < leads; i++) {
      bench.in(
          ofMillis(random.nextInt(20_000)),
          () -> listener.lead(100_000 + random.nextInt(3_000_000)));
    }
    if (random.nextInt(3) == 0) {
      bench.in(ofMillis(500 + random.nextInt(30_000)), () -> bench.forget(listener));
    }
  }

  /** The listeners check order and times themselves, as they take. */
  private void assertInvariants(long seed) {
    Map<Long, TimedBlock> bySequence = new HashMap<>();
    for (Listener listener : everyone) {
      listener.assertUnchanged();
      for (TimedBlock block : listener.blocks()) {
        TimedBlock other = bySequence.putIfAbsent(block.sequence(), block);
        assertThat(other == null || other == block)
            .as("seed %d: block %d is the same for everyone", seed, block.sequence())
            .isTrue();
      }
    }
  }

  private static TransportCommand anyCommand(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> new TransportCommand.Next();
      case 1 -> new TransportCommand.Previous();
      case 2 -> new TransportCommand.Pause();
      case 3, 4 -> new TransportCommand.Play();
      case 5 -> new TransportCommand.Seek(ofMillis(random.nextInt(12_000)));
      case 6 -> new TransportCommand.SeekBy(ofMillis(random.nextInt(8000) - 4000));
      case 7 -> new TransportCommand.Jump("t" + random.nextInt(5));
      case 8 -> new TransportCommand.SetRepeat(PlayOrder.Repeat.ALL);
      default -> new TransportCommand.Stop();
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void onDemandStreamsKeepTheirPromises(long seed) {
    Random random = new Random(seed);
    int chunkMs = new int[] {10, 20, 26, 60}[random.nextInt(4)];
    try (Bench bench = new Bench().stream("music", Bench.FORMAT, chunkMs)) {
      FakeScope[] plugin = {tracks(bench)};
      for (int i = 0; i < 4; i++) {
        bench.in(ofMillis(random.nextInt(20_000)), () -> join(bench, "music", random));
      }
      for (int i = 0; i < 40; i++) {
        TransportCommand command = anyCommand(random);
        bench.in(ofMillis(random.nextInt(40_000)), () -> bench.engine.command("music", command));
      }
      for (int i = 0; i < 3; i++) {
        int at = random.nextInt(40_000);
        bench.in(ofMillis(at), () -> bench.sources.hang("music", true));
        bench.in(ofMillis(at + random.nextInt(9000)), () -> bench.sources.hang("music", false));
      }
      bench.run(ofMillis(20_000));
      plugin[0].close();
      bench.run(ofMillis(random.nextInt(8000)));
      plugin[0] = tracks(bench);
      bench.run(ofMillis(20_000));
      assertInvariants(seed);
      assertUnprocessedIsExact(seed);
    }
  }

  private static FakeScope tracks(Bench bench) {
    return bench.plugin(request -> Tracks.noise(5, ofSeconds(13)));
  }

  /** A block that claims 16 exact bits holds nothing but samples of 16 bits. */
  private void assertUnprocessedIsExact(long seed) {
    for (Listener listener : everyone) {
      for (TimedBlock block : listener.blocks()) {
        for (int i = 0; block.exactBits() == 16 && i < block.samples().length; i++) {
          if (block.samples()[i] * 65536 % 1 != 0) {
            throw new AssertionError("seed %d: block %d".formatted(seed, block.sequence()));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void liveStreamsKeepTheirPromises(long seed) {
    Random random = new Random(seed);
    int chunkMs = new int[] {10, 20, 26, 60}[random.nextInt(4)];
    try (Bench bench = new Bench().stream("radio", Bench.FORMAT, chunkMs)) {
      Feeder feeder = new Feeder(Tracks.NOISE);
      bench.plugin(request -> feeder);
      bench.run(ofMillis(10));
      for (int i = 0; i < 4; i++) {
        bench.in(ofMillis(random.nextInt(20_000)), () -> join(bench, "radio", random));
      }
      long at = 0;
      while (at < LENGTH.toMillis()) {
        boolean late = random.nextInt(60) == 0;
        at += late ? random.nextInt(3000) : 5 + random.nextInt(30);
        int frames = 240 + random.nextInt(1440);
        boolean rests = random.nextInt(120) == 0;
        bench.in(
            ofMillis(at),
            () -> {
              if (feeder.queued() + frames < 9600) {
                feeder.feed(frames);
              }
              if (rests) {
                feeder.rest();
              }
            });
      }
      bench.run(LENGTH);
      assertInvariants(seed);
      assertNothingIsLostOrDoubled(seed, feeder);
    }
  }

  /** Unprocessed frames come in the order of their capture, none twice, all of them exact. */
  private void assertNothingIsLostOrDoubled(long seed, Feeder feeder) {
    Map<Float, List<Integer>> byValue = new HashMap<>();
    for (int f = 0; f < feeder.frame(); f++) {
      byValue.computeIfAbsent(Tracks.NOISE.at(0, f), v -> new ArrayList<>()).add(f);
    }
    for (Listener listener : everyone) {
      int next = 0;
      for (TimedBlock block : listener.blocks()) {
        if (block.rest() || block.exactBits() != 16) {
          continue;
        }
        int from = next;
        int start =
            byValue.getOrDefault(block.samples()[0], List.of()).stream()
                .filter(f -> f >= from && matches(block, f))
                .findFirst()
                .orElse(-1);
        assertThat(start).as("seed %d: block %d", seed, block.sequence()).isNotNegative();
        next = start + 1;
      }
    }
  }

  /** Whether a block is a run of the signal, or of its end and silence. */
  private static boolean matches(TimedBlock block, int start) {
    for (int i = 0; i < block.frames(); i++) {
      float sample = block.samples()[2 * i];
      if (sample != Tracks.NOISE.at(0, start + i)) {
        return i > 0 && sample == 0;
      }
    }
    return true;
  }
}
