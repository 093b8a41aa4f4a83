package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a client of a 48000:16:2 pcm stream was sent, by the instant at which it is heard. */
final class Pcm {
  private final TreeMap<Long, ByteBuffer> chunks = new TreeMap<>();

  private Pcm() {}

  /** What was sent to a client whose buffer is so long. */
  static Pcm of(House.Client client, long bufferMicros) {
    Pcm pcm = new Pcm();
    for (WireChunk chunk : client.outlet.all(WireChunk.class)) {
      long time = chunk.timestampMicros() + bufferMicros;
      if (pcm.chunks.put(time, chunk.data()) != null) {
        throw new AssertionError("the chunk of " + time + " was sent twice");
      }
    }
    return pcm;
  }

  /** The bytes heard from an instant until another, chunk by chunk. */
  List<ByteBuffer> bytes(long fromMicros, long toMicros) {
    return new ArrayList<>(chunks.subMap(fromMicros, toMicros).values());
  }

  long firstMicros() {
    return chunks.firstKey();
  }

  long lastMicros() {
    return chunks.lastKey();
  }

  /** Whether each chunk begins where the one before it ends. */
  boolean continuous() {
    long expected = chunks.firstKey();
    for (var chunk : chunks.entrySet()) {
      if (Math.abs(chunk.getKey() - expected) > 1) {
        return false;
      }
      expected = chunk.getKey() + chunk.getValue().remaining() / 4 * 1_000_000L / 48_000;
    }
    return true;
  }

  /** The sample of a channel that is heard at an instant, which must lie on a frame. */
  int at(long micros, int channel) {
    var chunk = chunks.floorEntry(micros);
    long frame = Math.round((micros - chunk.getKey()) * 0.048);
    return chunk.getValue().order(ByteOrder.LITTLE_ENDIAN).getShort((int) frame * 4 + 2 * channel);
  }

  /** All samples of a channel from an instant until another. */
  int[] samples(long fromMicros, long toMicros, int channel) {
    List<Integer> all = new ArrayList<>();
    chunks
        .subMap(fromMicros, toMicros)
        .values()
        .forEach(data -> {
          ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
          for (int i = in.position(); i < in.limit(); i += 4) {
            all.add((int) in.getShort(i + 2 * channel));
          }
        });
    return all.stream().mapToInt(Integer::intValue).toArray();
  }
}
