package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.Track;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveInputTest {
  private static final int CAPACITY = 997;

  private final LiveInput input =
      new LiveInput(Bench.FORMAT, new ArtLoans().lender(), CAPACITY, 100, () -> {});

  private static AudioBlock block(long from, int frames, int exactBits) {
    AudioBlock block = new AudioBlock(2, Math.max(1, frames));
    for (int i = 0; i < frames; i++) {
      block.add(from + i, -(from + i));
    }
    return block.exactBits(exactBits);
  }

  @Test
  void framesPassBetweenTwoThreadsInOrderAndWhole() throws InterruptedException {
    int total = 3_000_000;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              Random random = new Random(1);
              try {
                for (int at = 0; at < total; ) {
                  int count = Math.min(total - at, 1 + random.nextInt(2 * CAPACITY));
                  input.write(block(at % 1_000_000, count, 16));
                  at += count;
                }
              } catch (InterruptedException e) {
                failure.set(e);
              }
            });
    Random random = new Random(2);
    float[] samples = new float[2 * CAPACITY];
    for (long read = 0; read < total; ) {
      int count = Math.min(input.available(), 1 + random.nextInt(CAPACITY));
      if (count == 0) {
        Thread.yield();
        continue;
      }
      input.read(samples, 0, count);
      for (int i = 1; i < count; i++) {
        float step = samples[2 * i] - samples[2 * i - 2];
        if (samples[2 * i] != -samples[2 * i + 1] || (step != 1 && step > 0)) {
          throw new AssertionError("frame " + (read + i));
        }
      }
      read += count;
    }
    writer.join();
    assertThat(failure.get()).isNull();
    assertThat(input.available()).isZero();
  }

  @Test
  void theReaderIsCalledOnceForEachTimeItWantsToBe() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    LiveInput asking =
        new LiveInput(Bench.FORMAT, new ArtLoans().lender(), CAPACITY, 100, calls::incrementAndGet);
    asking.write(block(0, 99, 0));
    assertThat(calls).hasValue(0);
    asking.write(block(99, 101, 0));
    asking.write(block(200, 100, 0));
    assertThat(calls).hasValue(1);
    asking.want();
    asking.write(block(300, 1, 0));
    assertThat(calls).hasValue(2);
  }

  @Test
  void aWriterThatWaitsForRoomEndsWhenTheInputIsClosed() throws InterruptedException {
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                input.write(block(0, CAPACITY + 1, 0));
              } catch (InterruptedException e) {
                end.set(e);
              }
            });
    while (input.available() < CAPACITY) {
      Thread.onSpinWait();
    }
    input.close();
    writer.join();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aRunIsAsExactAsItsLeastExactPart() throws InterruptedException {
    input.write(block(0, 100, 16));
    input.write(block(0, 100, 0));
    input.write(block(0, 100, 24));
    float[] out = new float[400];
    assertThat(input.read(out, 0, 100).exactBits()).isEqualTo(16);
    assertThat(input.read(out, 0, 150).exactBits()).isZero();
    assertThat(input.read(out, 0, 50).exactBits()).isEqualTo(24);
  }

  @Test
  void aTrackBeginsAtTheFrameAtWhichItWasSaid() throws InterruptedException {
    input.write(block(0, 60, 0));
    input.track(Track.titled("News"));
    input.write(block(0, 60, 0));
    float[] out = new float[400];
    assertThat(input.read(out, 0, 50).tracks()).isEmpty();
    LiveInput.Found found = input.read(out, 10, 50);
    assertThat(found.tracks()).containsExactly(Track.titled("News"));
    assertThat(found.offsets()).containsExactly(20);
  }

  @Test
  void theFeederIsGoneOnlyUntilItWritesAgain() throws InterruptedException {
    input.write(block(0, 60, 0));
    input.rest();
    assertThat(input.feederGone()).isTrue();
    input.write(block(0, 1, 0));
    assertThat(input.feederGone()).isFalse();
  }

  @Test
  void aBlockOfOtherChannelsIsRefused() {
    assertThatThrownBy(() -> input.write(new AudioBlock(1, 10)))
        .hasMessage("the stream has 2 channels, the block 1");
  }
}
