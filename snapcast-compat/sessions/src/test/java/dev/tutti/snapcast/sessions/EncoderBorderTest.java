package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoders;
import io.github.jaredmdobson.concentus.OpusDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A feed may get another encoder at any chunk border, unheard (design 3.8). */
class EncoderBorderTest {
  private static final SampleFormat FORMAT = SampleFormat.DEFAULT;
  private static final int FRAMES = 960;
  private static final long BLOCK = 20_000;
  private static final int BORDER = 50;
  private static final int BLOCKS = 70;
  private static final int PRIMED = 8;

  /** The chunks an encoder gives that begins with a block, as if from another one. */
  private static List<Chunk> encode(String codec, int firstBlock, int border) {
    List<Chunk> chunks = new ArrayList<>();
    ChunkEncoder encoder =
        new ChunkEncoder(
            FORMAT,
            Encoders.open(CodecSpec.parse(codec), FORMAT, FRAMES),
            new PayloadPool(),
            chunks::add);
    encoder.begin(border * BLOCK);
    for (int n = firstBlock; n < BLOCKS; n++) {
      encoder.encode(new Block(n * BLOCK, n > firstBlock, chord(n), FRAMES, 16, false));
    }
    encoder.close();
    return chunks;
  }

  private static float[] chord(int block) {
    float[] samples = new float[FRAMES * 2];
    for (int i = 0; i < FRAMES; i++) {
      double t = (block * FRAMES + i) / 48_000.0;
      double sum = 0;
      for (double hertz : new double[] {110, 277.2, 659.3, 1480, 3520}) {
        sum += Math.sin(2 * Math.PI * hertz * t);
      }
      samples[2 * i] = Math.round(sum * 5000) / 32_768f;
      samples[2 * i + 1] = Math.round(sum * 4000) / 32_768f;
    }
    return samples;
  }

  private static short[] decode(List<Chunk> chunks) throws Exception {
    OpusDecoder decoder = new OpusDecoder(48_000, 2);
    short[] pcm = new short[chunks.size() * FRAMES * 2];
    for (int i = 0; i < chunks.size(); i++) {
      byte[] packet = new byte[chunks.get(i).payload().limit()];
      chunks.get(i).payload().get(0, packet);
      decoder.decode(packet, 0, packet.length, pcm, i * FRAMES * 2, FRAMES, false);
    }
    return pcm;
  }

  /** The loudest difference in the 100 ms after the border, full scale 32768. */
  private static int difference(List<Chunk> others) throws Exception {
    List<Chunk> one = encode("opus", 0, 0);
    List<Chunk> spliced = new ArrayList<>(one.subList(0, BORDER));
    spliced.addAll(others);
    short[] expected = decode(one);
    short[] actual = decode(spliced);
    int worst = 0;
    for (int i = BORDER * FRAMES * 2; i < (BORDER + 5) * FRAMES * 2; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    return worst;
  }

  @Test
  void anOpusEncoderThatHeardTheLast160MillisecondsTakesOverUnheard() throws Exception {
    int primed = difference(encode("opus", BORDER - PRIMED, BORDER));
    int unprimed = difference(encode("opus", BORDER, BORDER));

    assertThat(unprimed).isGreaterThan(2000);
    assertThat(primed).isLessThan(unprimed / 8);
  }

  @Test
  void theFirstChunkAfterTheBorderIsTheOneThatBeginsThere() {
    List<Chunk> chunks = encode("opus", BORDER - PRIMED, BORDER);

    assertThat(chunks.getFirst().timeMicros()).isEqualTo(BORDER * BLOCK);
    assertThat(chunks).hasSize(BLOCKS - BORDER);
  }

  @Test
  void pcmAndFlacOfAnotherEncoderGoOnBitByBit() {
    for (String codec : List.of("pcm", "flac")) {
      List<Chunk> one = encode(codec, 0, 0).subList(BORDER, BLOCKS);
      List<Chunk> other = encode(codec, BORDER, BORDER);
      assertThat(other).hasSameSizeAs(one);
      for (int i = 0; i < one.size(); i++) {
        assertThat(one.get(i).payload()).isEqualTo(other.get(i).payload());
      }
    }
  }
}
