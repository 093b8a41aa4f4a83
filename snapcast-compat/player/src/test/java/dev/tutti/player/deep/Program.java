package dev.tutti.player.deep;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream in virtual time of which every frame is known: the left channel counts frames, the right
 * one says how often the program was changed before. Rendered as far ahead as it is needed, like an
 * on-demand source, and changed from any instant on.
 */
final class Program {
  static final SampleFormat FORMAT = new SampleFormat(24_000, 16, 2);
  static final long BLOCK = 20_000;
  private static final long KEPT = 2_000_000;
  private static final int MODULUS = 30_000;
  private static final double TONE_HZ = 375;

  private final LongSupplier clock;
  private final TreeMap<Long, Integer> versions = new TreeMap<>();
  private final String codec;
  private @Nullable Tap tap;
  private long restFrom = Long.MAX_VALUE;
  private boolean tone;
  private boolean live;

  /**
   * @param version of what it begins with
   */
  Program(LongSupplier clock, String codec, int version) {
    this.clock = clock;
    this.codec = codec;
    versions.put(Long.MIN_VALUE, version);
  }

  /** From now on it is a tone, whatever is changed: so that a change that is heard is a mistake. */
  void tone() {
    tone = true;
  }

  /** From now on it is captured only when it has to be sent, and cannot be sent ahead. */
  void live() {
    live = true;
  }

  private float sample(long frame, int channel, int version) {
    if (tone) {
      return (float) (0.4 * Math.sin(2 * Math.PI * TONE_HZ * frame / FORMAT.rate()));
    }
    return (channel == 0 ? left(frame) : (version + 1) * 100) / 32_768f;
  }

  /** Something else is to be heard as soon as all can hear it; answers from which instant on. */
  long change() {
    Tap open = tap;
    long horizon = open == null ? 0 : open.horizon;
    long sequence = Math.ceilDiv(clock.getAsLong() + horizon, BLOCK);
    versions.put(sequence, versions.lastEntry().getValue() + 1);
    if (open != null) {
      open.revoked = Math.min(open.revoked, sequence);
    }
    return sequence * BLOCK;
  }

  /** Nothing is to be heard any more as soon as all can hear that. */
  long rest() {
    long at = change();
    restFrom = at;
    return at;
  }

  /** As heard: the frame's number in a stretch, and the version. */
  static int left(long frame) {
    return (int) (frame % MODULUS) - MODULUS / 2;
  }

  FeedSource open() {
    Tap opened = new Tap();
    tap = opened;
    return opened;
  }

  private final class Tap implements FeedSource {
    private long depth;
    private long horizon;
    private long revoked = Long.MAX_VALUE;

    @Override
    public SampleFormat format() {
      return FORMAT;
    }

    @Override
    public CodecSpec codec() {
      return CodecSpec.parse(codec);
    }

    @Override
    public int blockFrames() {
      return (int) FORMAT.framesIn(BLOCK);
    }

    private long rendered() {
      long ahead = live ? 1_000_000 : Math.max(depth, 1_500_000);
      return Math.ceilDiv(clock.getAsLong() + ahead, BLOCK);
    }

    @Override
    public @Nullable Block take(long sequence) {
      long time = sequence * BLOCK;
      if (sequence >= rendered() || time < clock.getAsLong() - KEPT) {
        return null;
      }
      boolean rest = time >= restFrom;
      int frames = blockFrames();
      float[] samples = new float[2 * frames];
      int version = versions.floorEntry(sequence).getValue();
      for (int i = 0; i < frames && !rest; i++) {
        samples[2 * i] = sample(sequence * frames + i, 0, version);
        samples[2 * i + 1] = sample(sequence * frames + i, 1, version);
      }
      return new Block(time, true, samples, frames, 16, rest);
    }

    @Override
    public long sequenceAt(long micros) {
      long oldest = (clock.getAsLong() - KEPT) / BLOCK + 1;
      return Math.clamp(Math.ceilDiv(micros, BLOCK), oldest, rendered());
    }

    @Override
    public void leadMicros(long leadMicros) {}

    @Override
    public void reach(long depthMicros, long horizonMicros) {
      depth = depthMicros;
      horizon = horizonMicros;
    }

    @Override
    public long revoked() {
      long from = revoked;
      revoked = Long.MAX_VALUE;
      return from;
    }

    @Override
    public void close() {}
  }
}
