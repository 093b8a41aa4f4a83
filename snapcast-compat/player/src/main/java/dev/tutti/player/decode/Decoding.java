package dev.tutti.player.decode;

import dev.tutti.audio.codec.ChunkDecoder;
import dev.tutti.audio.codec.flac.FlacChunks;
import dev.tutti.audio.codec.ogg.VorbisChunks;
import dev.tutti.audio.codec.opus.OpusChunks;
import dev.tutti.audio.codec.pcm.PcmChunks;
import dev.tutti.audio.dsp.ChannelMap;
import dev.tutti.player.session.Chunk;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.StreamHead;
import java.io.IOException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what is in the queue as far as the ring has room. A codec that is unknown or a header
 * that is damaged is said once, and its chunks are left out until the next header. A step function,
 * for one thread.
 */
public final class Decoding {
  private static final System.Logger LOG = System.getLogger(Decoding.class.getName());
  private static final long MICROS = 1_000_000;

  /** Timestamps are rounded. */
  private static final long ROUNDING_MICROS = 1_000;

  private final ChunkQueue queue;
  private final PieceRing ring;
  private final IntSupplier fixedChannels;
  private volatile String stream = "";
  private @Nullable StreamHead head;
  private @Nullable ChunkDecoder decoder;
  private int channels = 2;
  private ChannelMap map = ChannelMap.of(2, 2);

  /** What the map leads to; 0 if it is another stream's. */
  private int mapped;

  /** The chunk whose frames are being handed on, from {@link #handed} of {@link #frames} on. */
  private @Nullable Chunk current;

  private int handed;
  private int frames;

  /**
   * @param fixedChannels that pieces are to have from now on; 0 for those of the stream
   */
  public Decoding(ChunkQueue queue, PieceRing ring, IntSupplier fixedChannels) {
    this.queue = queue;
    this.ring = ring;
    this.fixedChannels = fixedChannels;
  }

  /** Codec and format of the stream, or why it cannot be played; empty at first. Any thread. */
  public String stream() {
    return stream;
  }

  /**
   * Decodes as much as there is room for.
   *
   * @return whether it stopped for want of room, so that there is more to do once some was played
   */
  public boolean step() {
    while (true) {
      if (current != null && !handOn(current)) {
        return true;
      }
      Chunk next = queue.poll();
      if (next == null) {
        return false;
      }
      decode(next);
    }
  }

  private void decode(Chunk chunk) {
    if (!chunk.head().equals(head)) {
      begin(chunk.head());
    }
    ChunkDecoder active = decoder;
    if (active != null) {
      mapTo(active.format().channels());
      boolean ends = chunk.data().length == 0;
      frames = ends ? 0 : active.decode(chunk.data());
      handed = ends ? 0 : unheard(chunk, active.format().rate());
      current = chunk;
    }
  }

  /** How many frames of a chunk lie before the instant from which its edition is heard. */
  private int unheard(Chunk chunk, int rate) {
    long from = chunk.edition().fromMicros();
    if (from == Long.MIN_VALUE || chunk.timestampMicros() >= from - ROUNDING_MICROS) {
      return 0;
    }
    long before = Math.round((from - chunk.timestampMicros()) * (double) rate / MICROS);
    return (int) Math.min(frames, before);
  }

  /** Tells the one who plays that sound ends here on purpose; false if the ring is full. */
  private boolean handOnEnd(Chunk chunk, ChunkDecoder active) {
    Piece piece = ring.claim();
    if (piece == null) {
      return false;
    }
    piece.set(
        chunk.epoch(),
        chunk.edition().number(),
        chunk.timestampMicros(),
        active.format(),
        channels,
        0,
        0);
    ring.publish();
    current = null;
    return true;
  }

  private void begin(StreamHead announced) {
    head = announced;
    decoder = null;
    try {
      ChunkDecoder opened = open(announced);
      mapped = 0;
      decoder = opened;
      stream = announced.codec() + " " + opened.format();
      LOG.log(
          System.Logger.Level.INFO, "the stream is {0} {1}", announced.codec(), opened.format());
    } catch (IOException e) {
      stream = "cannot be played: " + e.getMessage();
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot play this stream: {0}; silent until the server sends another",
          e.getMessage());
    }
  }

  private void mapTo(int streamChannels) {
    int fixed = fixedChannels.getAsInt();
    channels = fixed == 0 ? streamChannels : fixed;
    if (mapped != channels) {
      map = ChannelMap.of(streamChannels, channels);
      mapped = channels;
    }
  }

  private static ChunkDecoder open(StreamHead head) throws IOException {
    return switch (head.codec()) {
      case "pcm" -> new PcmChunks(head.header());
      case "flac" -> new FlacChunks(head.header());
      case "opus" -> new OpusChunks(head.header());
      case "ogg" -> new VorbisChunks(head.header());
      default ->
          throw new IOException(
              "its codec \""
                  + printable(head.codec())
                  + "\" is unknown; known are pcm, flac, opus, ogg");
    };
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** Hands on what was decoded, in pieces; false if the ring is full before all is handed on. */
  private boolean handOn(Chunk chunk) {
    ChunkDecoder active = decoder;
    if (active == null) {
      current = null;
      return true;
    }
    if (chunk.data().length == 0) {
      return handOnEnd(chunk, active);
    }
    int rate = active.format().rate();
    while (handed < frames) {
      Piece piece = ring.claim();
      if (piece == null) {
        return false;
      }
      int count = Math.min(Piece.MAX_FRAMES, frames - handed);
      map.apply(active.samples(), handed, piece.room(count * channels), 0, count);
      piece.set(
          chunk.epoch(),
          chunk.edition().number(),
          chunk.timestampMicros() + handed * MICROS / rate,
          active.format(),
          channels,
          map.exact() ? active.exactBits() : 0,
          count);
      ring.publish();
      handed += count;
    }
    current = null;
    return true;
  }
}
