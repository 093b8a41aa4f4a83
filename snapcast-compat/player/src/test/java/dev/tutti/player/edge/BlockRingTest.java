package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import org.junit.jupiter.api.Test;

class BlockRingTest {
  private final BlockRing ring = new BlockRing(BlockGrid.of(new SampleFormat(8000, 16, 1)), 80_000);

  @Test
  void whatWasPublishedCanBeReadForAsLongAsItIsKept() {
    for (int block = 100; block < 150; block++) {
      ring.place(block)[0] = block;
      ring.publish(block, false);
    }
    assertThat(ring.take(150, 16)).as("one that is not there yet").isNull();
    for (int block = 146; block < 150; block++) {
      assertThat(ring.take(block, 16).samples()[0]).isEqualTo(block);
    }
    assertThat(ring.take(145, 16)).as("one that may be written over").isNull();
  }

  @Test
  void whatWasLeftOutIsMissingAndWhatComesNextDoesNotFollow() {
    ring.publish(10, false);
    ring.publish(11, false);
    ring.publish(13, true);
    assertThat(ring.take(11, 16).follows()).isTrue();
    assertThat(ring.take(12, 16)).isNull();
    assertThat(ring.take(13, 16).follows()).isFalse();
    assertThat(ring.take(13, 16).rest()).isTrue();
  }

  @Test
  void aStreamKnowsItsFirstAndItsNextBlock() {
    RenderedStream stream = new RenderedStream(ring, CodecSpec.parse("pcm"));
    for (int block = 100; block < 110; block++) {
      ring.publish(block, false);
    }
    assertThat(stream.sequenceAt(0)).isEqualTo(106);
    assertThat(stream.sequenceAt(2_150_000)).isEqualTo(108);
    assertThat(stream.sequenceAt(9_000_000)).isEqualTo(110);
  }
}
