package dev.tutti.snapcast.server;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import dev.tutti.snapcast.sessions.SessionPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream server alone, on a real port and the real clock, with a generated live stream in place
 * of a host: a ramp in which each frame tells its number. For tests with real sockets, and by hand:
 * {@code ToneServer PORT CODEC BUFFER_MS FORMAT}.
 */
final class ToneServer implements AutoCloseable {
  static final LongSupplier CLOCK = () -> System.nanoTime() / 1000;

  private final ServerSocketChannel listener;
  private final StreamShell shell;
  private final List<Thread> threads = new ArrayList<>();

  ToneServer(int port, String codec, SampleFormat format, SessionPolicy policy) throws IOException {
    listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
    shell =
        new StreamShell(
            policy,
            new OpenHouse(),
            (id, ready) -> new Ramp(format, CodecSpec.parse(codec)),
            Encoders::open,
            CLOCK);
    shell.start(this::thread);
    thread("accept", this::accept);
  }

  private void thread(String name, Runnable work) {
    threads.add(Thread.ofPlatform().daemon().name(name).start(work));
  }

  List<Thread> threads() {
    return threads;
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  StreamShell shell() {
    return shell;
  }

  private void accept() {
    try {
      while (listener.isOpen()) {
        SocketChannel channel = listener.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        shell.accept(channel);
      }
    } catch (IOException e) {
      // Closed: the server ends.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      shell.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws Exception {
    SampleFormat format = SampleFormat.parse(args[3]);
    SessionPolicy policy = new SessionPolicy(Integer.parseInt(args[2]), Map.of(), false, 4096);
    try (ToneServer server = new ToneServer(Integer.parseInt(args[0]), args[1], format, policy)) {
      System.out.println("port " + server.port());
      while (true) {
        Thread.sleep(5000);
        var counts = server.shell.counts();
        System.out.println(
            "clients "
                + counts.clients()
                + " dropped "
                + counts.droppedChunks()
                + " refused "
                + counts.refused());
      }
    }
  }

  /** Lets everybody in. */
  private static final class OpenHouse implements Registry {
    private static final Place PLACE = new Place("tone", 100, false, 0);

    @Override
    public Optional<ServerExtension> extension() {
      return Optional.of(new ServerExtension(1, "boot/0"));
    }

    @Override
    public Optional<Place> arrived(Arrival arrival) {
      return Optional.of(PLACE);
    }

    @Override
    public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
      return Optional.of(PLACE);
    }

    @Override
    public void seen(String clientId) {}

    @Override
    public void departed(String clientId) {}

    @Override
    public void conflict(String clientId, String sentence) {
      System.out.println(sentence);
    }
  }

  /** Blocks of 20 ms on a grid, each there when it has been captured. */
  private static final class Ramp implements FeedSource {
    private static final long BLOCK = 20_000;

    private final SampleFormat format;
    private final CodecSpec codec;
    private long leadMicros;

    Ramp(SampleFormat format, CodecSpec codec) {
      this.format = format;
      this.codec = codec;
    }

    @Override
    public SampleFormat format() {
      return format;
    }

    @Override
    public CodecSpec codec() {
      return codec;
    }

    @Override
    public int blockFrames() {
      return (int) format.framesIn(BLOCK);
    }

    @Override
    public @Nullable Block take(long sequence) {
      int frames = blockFrames();
      float[] samples = new float[frames * format.channels()];
      for (int i = 0; i < samples.length; i++) {
        long frame = sequence * frames + i / format.channels();
        int value = i % format.channels() == 0 ? (int) frame : (int) (frame >> 16);
        samples[i] = (short) value / 32_768f;
      }
      return new Block(sequence * BLOCK, true, samples, frames, 16, false);
    }

    @Override
    public long sequenceAt(long micros) {
      long rendered = Math.floorDiv(CLOCK.getAsLong() + leadMicros - BLOCK, BLOCK) + 1;
      return Math.min(Math.ceilDiv(micros, BLOCK), rendered);
    }

    @Override
    public void leadMicros(long leadMicros) {
      this.leadMicros = leadMicros;
    }

    @Override
    public void close() {}
  }
}
