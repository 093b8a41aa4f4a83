package dev.tutti.testkit;

import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client with a stock snapclient's habits (reference: protocol sections 2.5, 4.2, 5): asks for
 * the time in a burst, then once a second; plays what it gets when it is due; corrects by single
 * frames, and hard when far off. Decodes pcm. Stepped in local time by {@link Room}.
 */
final class StockClient {
  private static final int BURST = 50;
  private static final int MAX_PAYLOAD = 1_000_000;

  private final String id;
  private final ClientClock clock = new ClientClock();
  private final FrameParser parser = new FrameParser(MAX_PAYLOAD);
  private final PlayQueue queue = new PlayQueue();
  private int nextId = 2;
  private int exchanges;
  private ServerSettings settings = new ServerSettings(1000, 0, false, 100);
  private @Nullable PcmReader reader;
  private int channels = 2;

  StockClient(String id) {
    this.id = id;
  }

  /** What a client says first. */
  ByteBuffer hello(long localMicros) {
    Hello hello =
        new Hello("", id, "0.34.0", "Snapclient", "Linux", "x86_64", 1, id, 2, Optional.empty());
    return message(Hello.TYPE, hello.payload(), localMicros);
  }

  /** A Time request; see {@link #microsToNextTime} for when. */
  ByteBuffer time(long localMicros) {
    return message(Time.TYPE, new Time(0).payload(), localMicros);
  }

  /** How long to wait after a reply before the next request. */
  long microsToNextTime() {
    return exchanges < BURST ? 100 : 1_000_000;
  }

  private ByteBuffer message(int type, byte[] payload, long localMicros) {
    ByteBuffer out = ByteBuffer.allocate(BaseHeader.BYTES + payload.length);
    new BaseHeader(type, nextId++, 0, localMicros, 0, payload.length).encode(out);
    return out.put(payload).flip();
  }

  /**
   * Bytes from the server.
   *
   * @return whether a Time reply was among them
   */
  boolean received(ByteBuffer bytes, long localMicros) {
    int before = exchanges;
    try {
      parser.feed(bytes, (header, payload) -> take(header, payload, localMicros));
    } catch (ProtocolException e) {
      throw new AssertionError("the server sent " + id + " something wrong", e);
    }
    return exchanges > before;
  }

  private void take(BaseHeader header, ByteBuffer payload, long localMicros)
      throws ProtocolException {
    switch (Message.decode(header.type(), payload)) {
      case ServerSettings s -> settings = s;
      case CodecHeader h -> begin(h);
      case WireChunk c -> chunk(c);
      case Time t -> {
        long toServer = t.latencyMicros();
        long toClient = localMicros - header.sentMicros();
        clock.add((toServer - toClient) / 2);
        exchanges++;
      }
      default -> {
        // Nothing a player acts on.
      }
    }
  }

  private void begin(CodecHeader header) {
    if (!header.codec().equals("pcm")) {
      throw new AssertionError("a room plays pcm, not " + header.codec());
    }
    ByteBuffer riff = header.header().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int start = riff.position();
    channels = riff.getShort(start + 22);
    int rate = riff.getInt(start + 24);
    reader = new PcmReader(riff.getShort(start + 34));
    queue.begin(rate, channels);
  }

  private void chunk(WireChunk chunk) {
    PcmReader pcm = reader;
    if (pcm == null) {
      throw new AssertionError("a chunk came before the codec header");
    }
    byte[] bytes = new byte[chunk.data().remaining()];
    chunk.data().duplicate().get(bytes);
    float[] samples = new float[bytes.length / pcm.sampleBytes()];
    pcm.toFloats(bytes, 0, samples, 0, samples.length);
    queue.add(chunk.timestampMicros(), samples);
  }

  int channels() {
    return channels;
  }

  /** The format is known, so a device can be opened. */
  boolean ready() {
    return reader != null;
  }

  int rate() {
    return queue.rate();
  }

  /**
   * The device wants frames.
   *
   * @param localMicros when their first one will sound, on the client's clock
   * @return the server clock instant the first frame was due at, or Long.MIN_VALUE for silence
   */
  long play(float[] out, int frames, long localMicros) {
    long bufferMicros = 1000L * Math.max(0, settings.bufferMs() - settings.latencyMs());
    long due =
        clock.known()
            ? queue.play(out, frames, clock.serverMicros(localMicros), bufferMicros)
            : PlayQueue.silence(out, frames * channels);
    float gain = settings.muted() ? 0 : gain(settings.volumePercent());
    if (gain != 1) {
      for (int i = 0; i < frames * channels; i++) {
        out[i] *= gain;
      }
    }
    return due;
  }

  /** snapclient's default curve (reference 5.5). */
  private static float gain(int percent) {
    return (float) ((Math.pow(10, percent / 100.0) - 1) / 9);
  }
}
