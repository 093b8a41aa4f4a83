package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.CodecHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From blocks to chunks: time, codecs, rest, holes (reference 3.1, 3.7; design 3.4, 3.8). */
class FeedTest {
  private static final long START = 5_000_000_000L;
  private static final long LEAD = 1_000_000;

  private final List<Chunk> chunks = new ArrayList<>();
  private final List<CodecHeader> headers = new ArrayList<>();
  private final List<Long> madeAt = new ArrayList<>();
  private long now = START;

  private final FeedListener listener =
      new FeedListener() {
        @Override
        public void opened(FeedId feed, CodecHeader header) {
          headers.add(header);
        }

        @Override
        public void encoded(FeedId feed, Chunk chunk) {
          chunks.add(chunk);
          madeAt.add(now);
        }
      };

  private FakeStream stream;

  private Feeds feeds(String codec, String format) {
    return feeds(codec, format, Encoders::open);
  }

  private Feeds holding() {
    return feeds("flac", "48000:16:2", (spec, format, frames) -> new HoldingEncoder(format));
  }

  private Feeds feeds(String codec, String format, EncoderOpener encoders) {
    stream = new FakeStream(SampleFormat.parse(format), codec, () -> now);
    Feeds feeds = new Feeds((id, ready) -> stream, encoders, new PayloadPool(), listener, () -> {});
    feeds.want(FeedId.of("music"), LEAD, FeedDemand.NOW);
    return feeds;
  }

  private void run(Feeds feeds, long micros) {
    long end = now + micros;
    for (long next = feeds.step(now); next <= end; next = feeds.step(now)) {
      now = Math.max(now, next);
    }
    now = end;
  }

  private void assertContinuous(long toleranceMicros) {
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).timeMicros())
          .as("chunk %d of %d", i, chunks.size())
          .isCloseTo(chunks.get(i - 1).endMicros(), within(toleranceMicros));
    }
  }

  private static short left(Chunk chunk, int frame) {
    return ByteBuffer.allocate(2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, chunk.payload(), frame * 4, 2)
        .getShort(0);
  }

  @Test
  void pcmLeavesBitByBitAsItCame() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    run(feeds, 500_000);

    assertThat(headers).containsExactly(CodecHeader.pcm(48_000, 16, 2));
    for (Chunk chunk : chunks) {
      assertThat(chunk.payload().limit()).isEqualTo(3840);
      long frame = chunk.timeMicros() * 48 / 1000;
      for (int i = 0; i < 960; i++) {
        assertThat(left(chunk, i)).isEqualTo((short) ((frame + i) % 30_000 - 15_000));
      }
    }
  }

  @Test
  void theFirstListenerGetsWhatSoundsFromNowOnAtOnce() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    run(feeds, 0);

    assertThat(chunks.getFirst().timeMicros()).isEqualTo(START);
    assertThat(chunks.getLast().timeMicros()).isEqualTo(START + LEAD);
    assertContinuous(0);
  }

  @Test
  void aBlockIsTakenWhenTheDeepestListenerNeedsItAndNoEarlier() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    run(feeds, 3_000_000);

    assertThat(stream.leadMicros()).isEqualTo(LEAD);
    for (int i = 60; i < chunks.size(); i++) {
      assertThat(madeAt.get(i)).isEqualTo(chunks.get(i).timeMicros() - LEAD);
    }
    feeds.want(FeedId.of("music"), 2_000_000, FeedDemand.NOW);
    run(feeds, 0);
    assertThat(chunks.getLast().timeMicros()).isEqualTo(now + 2_000_000);
  }

  @Test
  void aLiveSourceThatCallsIsNotLookedForInVain() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    stream.live(1_000);
    run(feeds, 1_000_000);
    chunks.clear();
    madeAt.clear();
    int steps = 0;
    for (long call = now + 1_000; call < START + 2_000_000; call += FakeStream.BLOCK) {
      for (long next = feeds.step(now); next < call; next = feeds.step(now)) {
        steps++;
        now = next;
      }
      steps++;
      now = call;
    }
    feeds.step(now);

    assertThat(chunks).hasSize(50);
    assertThat(steps).isBetween(50, 52);
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(madeAt.get(i)).isEqualTo(chunks.get(i).timeMicros() - LEAD + 1_000);
    }
  }

  @Test
  void aLiveSourceThatDoesNotCallIsLookedFor() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    stream.live(1_000);
    run(feeds, 3_000_000);

    for (int i = 60; i < chunks.size(); i++) {
      assertThat(madeAt.get(i) - chunks.get(i).timeMicros() + LEAD).isBetween(1_000L, 11_000L);
    }
    assertContinuous(0);
  }

  @Test
  void aCodecThatHoldsFramesBackDoesNotShiftTime() {
    Feeds feeds = holding();
    run(feeds, 5_000_000);

    assertThat(chunks.getFirst().timeMicros()).isEqualTo(START);
    assertThat(chunks).allMatch(chunk -> chunk.durationMicros() == 24_000);
    assertContinuous(0);
  }

  @Test
  void everyFlacFrameHasTheSameNumberSoThatDroppedChunksLeaveNoHole() {
    Feeds feeds = feeds("flac", "48000:16:2");
    run(feeds, 5_000_000);

    assertThat(chunks)
        .allMatch(chunk -> chunk.payload().get(4) == chunks.getFirst().payload().get(4));
  }

  @Test
  void opusOf441kHzIsResampledWithoutShiftingTime() {
    Feeds feeds = feeds("opus", "44100:16:2");
    run(feeds, 5_000_000);

    assertThat(headers).containsExactly(CodecHeader.opus(48_000, 16, 2));
    assertThat(chunks.getFirst().timeMicros()).isEqualTo(START);
    assertThat(chunks).allMatch(chunk -> chunk.durationMicros() == 20_000);
    assertContinuous(25);
    assertThat(chunks.getLast().timeMicros()).isGreaterThan(START + 5_800_000);
  }

  @Test
  void opusOfMonoIsMadeStereo() {
    Feeds feeds = feeds("opus", "48000:16:1");
    run(feeds, 1_000_000);

    assertThat(headers).containsExactly(CodecHeader.opus(48_000, 16, 2));
    assertContinuous(1);
  }

  @Test
  void aCodecThatCannotBeHadIsReplacedByFlacAndThatByPcm() {
    feeds("mp3", "48000:16:2");
    assertThat(headers.getFirst().codec()).isEqualTo("flac");

    FakeStream mute = new FakeStream(SampleFormat.DEFAULT, "opus", () -> now);
    EncoderOpener onlyPcm =
        (spec, format, frames) -> {
          if (!spec.codec().equals("pcm")) {
            throw new IllegalArgumentException("no " + spec);
          }
          return Encoders.open(spec, format, frames);
        };
    Feeds plain = new Feeds((id, ready) -> mute, onlyPcm, new PayloadPool(), listener, () -> {});
    plain.want(FeedId.of("music"), LEAD, FeedDemand.NOW);
    assertThat(headers.getLast().codec()).isEqualTo("pcm");
  }

  @Test
  void silenceOfARestingStreamIsEncodedForTenSecondsAndThenNoMore() {
    for (String codec : List.of("pcm", "flac", "opus", "holding")) {
      chunks.clear();
      now = START;
      Feeds feeds = codec.equals("holding") ? holding() : feeds(codec, "48000:16:2");
      stream.rests(START + 2_000_000, START + 20_000_000);
      run(feeds, 15_000_000);
      assertThat(chunks.getLast().endMicros())
          .as(codec)
          .isBetween(START + 12_000_000, START + 12_000_000 + 30_000);
      assertContinuous(1);
      int before = chunks.size();

      run(feeds, 6_000_000);
      assertThat(chunks.size()).as(codec).isGreaterThan(before);
      assertThat(chunks.get(before).timeMicros()).as(codec).isEqualTo(START + 20_000_000);
    }
  }

  @Test
  void aShortHoleIsFilledWithSilence() {
    Feeds feeds = holding();
    stream.live().lacks(START + 2_000_000, START + 2_200_000);
    run(feeds, 3_000_000);

    assertContinuous(1);
    assertThat(chunks.getLast().timeMicros()).isGreaterThan(START + 3_000_000);
  }

  @Test
  void afterALongHoleTimeBeginsAnew() {
    for (String codec : List.of("pcm", "holding")) {
      chunks.clear();
      now = START;
      Feeds feeds = codec.equals("holding") ? holding() : feeds(codec, "48000:16:2");
      stream.live().lacks(START + 2_000_000, START + 7_000_000);
      run(feeds, 8_000_000);

      assertThat(chunks.stream().map(Chunk::timeMicros)).as(codec).contains(START + 7_000_000);
      assertThat(chunks)
          .as(codec)
          .noneMatch(c ->
              c.timeMicros() > START + 2_000_000 + 30_000 && c.timeMicros() < START + 7_000_000);
    }
  }

  @Test
  void blocksThatAreLongOverAreLeftOut() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    run(feeds, 1_000_000);
    now += 10_000_000;
    chunks.clear();
    run(feeds, 0);

    assertThat(chunks.getFirst().timeMicros()).isEqualTo(now);
  }

  @Test
  void aReleasedStreamIsLetGo() {
    Feeds feeds = feeds("pcm", "48000:16:2");
    run(feeds, 1_000_000);
    feeds.release(FeedId.of("music"));
    chunks.clear();
    run(feeds, 1_000_000);

    assertThat(stream.closed()).isTrue();
    assertThat(chunks).isEmpty();
  }
}
