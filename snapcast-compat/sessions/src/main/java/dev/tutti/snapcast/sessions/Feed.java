package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.snapcast.protocol.CodecHeader;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream in one mix, encoded once for all its listeners. Takes each block when the listener
 * with the largest buffer has to be sent it, and no earlier, because what is taken can no longer be
 * changed by a skip or a pause.
 */
final class Feed {
  private static final System.Logger LOG = System.getLogger(Feed.class.getName());

  /** The only format that every client decodes from opus. */
  private static final SampleFormat OPUS = new SampleFormat(48_000, 16, 2);

  /** When the next block's time cannot be foreseen, we look again after this long. */
  private static final long LOOK_AGAIN = 10_000;

  /** A source that renders ahead calls; it has nothing else to tell. */
  private static final long LOOK_AGAIN_DEEP = 200_000;

  /** Chunks are there so long before they are sent to the deepest listener. */
  private static final long SPARE = 500_000;

  /**
   * A live source has a block somewhat later than it is due, and calls us. Where that is so, we
   * look by ourselves only this much after the time it took for the block before, or for small
   * buffers this part of them, so that we do not wake up in vain.
   */
  private static final long PATIENCE = 5_000;

  private static final int PATIENCE_PART = 128;

  /** Whatever a source calls us for, we look by ourselves this long after it was due. */
  private static final long MOST_PATIENCE = 60_000;

  /** An opus encoder hears this much of what was before, to be where its predecessor was. */
  private static final long PRIMING = 160_000;

  /** Blocks that should have sounded so long ago are not worth encoding. */
  private static final long STALE = 500_000;

  private final FeedId id;
  private final FeedSource source;
  private final FeedListener listener;
  private final @Nullable Filler filler;
  private final CodecHeader header;
  private final ChunkEncoder encoder;
  private final SampleFormat format;
  private final long fromMicros;
  private @Nullable MixRenderer renderer;
  private long leadMicros;
  private long depthMicros;
  private boolean jumped; // the next block does not follow the one before
  private long next = -1;
  private long nextTimeMicros = Long.MIN_VALUE;
  private boolean called; // for the latest block, or to be called for it
  private long wakeUp;
  private long lateness; // of the latest block
  private long chunks;
  private long bytes;
  private long holes;

  /**
   * @param fromMicros the instant from which its chunks are needed, or {@link FeedDemand#NOW}
   */
  Feed(
      FeedId id,
      FeedSource source,
      long fromMicros,
      EncoderOpener encoders,
      PayloadPool pool,
      FeedListener listener) {
    this.id = id;
    this.source = source;
    this.fromMicros = fromMicros;
    this.listener = listener;
    renderer = id.plain() ? null : new MixRenderer(id, source.format());
    filler = id.overlaid() ? new Filler(source) : null;
    SampleFormat rendered = renderer == null ? source.format() : renderer.output();
    Encoder opened = open(encoders, rendered);
    header = header(opened);
    format = opened.format();
    encoder = new ChunkEncoder(rendered, opened, pool, this::hand);
  }

  private void hand(Chunk chunk) {
    chunks++;
    bytes += chunk.payload().limit();
    listener.encoded(id, chunk);
  }

  /** How it does. */
  FeedReport report(long nowMicros) {
    long ahead = nextTimeMicros == Long.MIN_VALUE ? 0 : nextTimeMicros - nowMicros;
    return new FeedReport(
        id.toString(),
        header.codec(),
        format.toString(),
        leadMicros / 1000,
        ahead / 1000,
        chunks,
        bytes,
        holes);
  }

  CodecHeader header() {
    return header;
  }

  /** The stream's codec; if it cannot be had, one that needs no library and no options. */
  private Encoder open(EncoderOpener encoders, SampleFormat rendered) {
    CodecSpec wanted = source.codec();
    for (CodecSpec spec : List.of(wanted, new CodecSpec("flac", ""), new CodecSpec("pcm", ""))) {
      try {
        SampleFormat format = spec.codec().equals("opus") ? OPUS : rendered;
        int frames = (int) ((long) source.blockFrames() * format.rate() / rendered.rate());
        Encoder encoder = encoders.open(spec, format, Math.max(1, frames));
        if (!spec.equals(wanted)) {
          LOG.log(Level.WARNING, "stream \"{0}\" is sent as {1} instead", id, spec);
        }
        return encoder;
      } catch (IllegalArgumentException e) {
        LOG.log(
            Level.WARNING,
            "stream \"{0}\" ({1}) cannot be sent as {2}: {3}",
            id,
            rendered,
            spec,
            e.getMessage());
      }
    }
    throw new IllegalStateException("there is not even an encoder for pcm");
  }

  private static CodecHeader header(Encoder encoder) {
    SampleFormat format = encoder.format();
    return switch (encoder.codec()) {
      case "pcm" -> CodecHeader.pcm(format.rate(), format.bits(), format.channels());
      case "opus" -> CodecHeader.opus(format.rate(), format.bits(), format.channels());
      default -> CodecHeader.of(encoder.codec(), encoder.header());
    };
  }

  void leadMicros(long leadMicros) {
    this.leadMicros = leadMicros;
    source.leadMicros(leadMicros);
  }

  /** Of a deep feed: how far ahead it is needed, and until when it is taken back. */
  void reach(long depthMicros, long horizonMicros) {
    this.depthMicros = depthMicros == 0 ? 0 : depthMicros + SPARE;
    source.reach(this.depthMicros, horizonMicros);
  }

  /** How long before they are heard blocks are encoded. */
  private long reachMicros() {
    return Math.max(leadMicros, depthMicros);
  }

  /**
   * Encodes blocks that are due, at most so many.
   *
   * @return when to come again if the source does not call before
   */
  long step(long nowMicros, int maxBlocks) {
    if (next < 0) {
      begin(nowMicros);
    }
    long revoked = id.deep() ? source.revoked() : Long.MAX_VALUE;
    if (revoked < next) {
      takeBack(revoked, nowMicros);
    }
    return filler == null ? follow(nowMicros, maxBlocks) : fill(filler, nowMicros, maxBlocks);
  }

  /** Blocks from one on are others now: encodes from there on again. */
  private void takeBack(long sequence, long nowMicros) {
    encoder.pause();
    Block first = source.take(sequence);
    long at = first == null ? nowMicros : first.timeMicros();
    boolean primed = header.codec().equals("opus");
    long from = primed ? at - Timing.OVERLAP : at;
    listener.revoked(id, from, at);
    long warmUp = MixRenderer.warmUp(id);
    long start = from - (primed ? PRIMING : 0) - warmUp;
    next = primed || warmUp > 0 ? source.sequenceAt(start) : sequence;
    nextTimeMicros = Long.MIN_VALUE;
    renderer = id.plain() ? null : new MixRenderer(id, source.format());
    jumped = true;
    encoder.begin(from);
  }

  /** Encodes what the stream has. */
  private long follow(long nowMicros, int maxBlocks) {
    if (next < source.sequenceAt(nowMicros - STALE)) {
      goTo(source.sequenceAt(nowMicros));
    }
    called &= nowMicros < wakeUp;
    for (int done = 0; done < maxBlocks; done++) {
      if (next >= source.sequenceAt(nowMicros + reachMicros() + 1)) {
        return wakeUp(nowMicros);
      }
      Block block = source.take(next);
      if (block == null) {
        return missed(nowMicros);
      }
      next++;
      lateness = nowMicros - (block.timeMicros() - reachMicros());
      nextTimeMicros = block.timeMicros() + source.format().microsOf(block.frames());
      encode(jumped ? apart(block) : block);
      jumped = false;
    }
    return nowMicros;
  }

  private void encode(Block block) {
    MixRenderer mixing = renderer;
    encoder.encode(mixing == null ? block : mixing.render(block));
  }

  private static Block apart(Block block) {
    return new Block(
        block.timeMicros(),
        false,
        block.samples(),
        block.frames(),
        block.exactBits(),
        block.rest());
  }

  /** Encodes what the stream has, and silence where it has nothing. */
  private long fill(Filler filler, long nowMicros, int maxBlocks) {
    for (int done = 0; done < maxBlocks; done++) {
      Block block = filler.next(nowMicros, leadMicros);
      if (block == null) {
        return filler.wakeUp(nowMicros, leadMicros);
      }
      encode(block);
    }
    return nowMicros;
  }

  private void begin(long nowMicros) {
    long border = fromMicros == FeedDemand.NOW ? nowMicros : fromMicros - Timing.OVERLAP;
    long primed = border - (header.codec().equals("opus") ? PRIMING : 0);
    long warmUp = MixRenderer.warmUp(id);
    long block = source.format().microsOf(source.blockFrames());
    long start = warmUp == 0 ? primed : primed - warmUp - block;
    next = source.sequenceAt(start);
    encoder.begin(border);
    if (filler != null) {
      filler.begin(start);
    }
  }

  /** A block that should be there is not: if there are later ones, go on with those. */
  private long missed(long nowMicros) {
    if (next < source.sequenceAt(nowMicros)) {
      goTo(source.sequenceAt(nowMicros));
      return nowMicros;
    }
    return callMe(nowMicros);
  }

  private void goTo(long sequence) {
    holes++;
    encoder.pause();
    next = sequence;
    nextTimeMicros = Long.MIN_VALUE;
  }

  private long wakeUp(long nowMicros) {
    long due = nextTimeMicros - reachMicros() + (called ? patience() : 0);
    if (nextTimeMicros == Long.MIN_VALUE || due <= nowMicros) {
      return callMe(nowMicros);
    }
    wakeUp = due;
    return due;
  }

  private long patience() {
    long jitter = Math.min(PATIENCE, leadMicros / PATIENCE_PART);
    return Math.clamp(lateness + jitter, jitter, MOST_PATIENCE);
  }

  /** The block is due and not there: the source is expected to call, but does not have to. */
  private long callMe(long nowMicros) {
    called = true;
    wakeUp = nowMicros + (depthMicros > 0 ? LOOK_AGAIN_DEEP : LOOK_AGAIN);
    return wakeUp;
  }

  void close() {
    encoder.close();
    source.close();
  }
}
