package dev.tutti.snapcast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import dev.tutti.snapcast.sessions.SessionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stream server on real sockets. */
class StreamSocketTest {
  private static final SessionPolicy POLICY = new SessionPolicy(1000, Map.of(), false, 4096);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <C extends AutoCloseable> C opened(C closeable) {
    open.add(closeable);
    return closeable;
  }

  private ToneServer server(String format) throws Exception {
    return opened(new ToneServer(0, "pcm", SampleFormat.parse(format), POLICY));
  }

  private RawClient client(ToneServer server) throws Exception {
    return opened(RawClient.connect(server.port()));
  }

  @Test
  void aClientIsGreetedAnsweredAndServed() throws Exception {
    RawClient client = client(server("48000:16:2")).hello("kitchen");

    RawClient.Got settings = client.read();
    assertThat(settings.message()).isEqualTo(new ServerSettings(1000, 0, false, 100));
    assertThat(settings.header().refersTo()).isEqualTo(client.lastId());
    assertThat(client.read().message()).isEqualTo(CodecHeader.pcm(48_000, 16, 2));
    client.time();
    RawClient.Got reply = client.read();
    assertThat(reply.header().type()).isEqualTo(Time.TYPE);
    assertThat(reply.header().refersTo()).isEqualTo(client.lastId());
    assertThat(reply.header().sentMicros())
        .isBetween(reply.header().receivedMicros(), ToneServer.CLOCK.getAsLong());
    assertConsecutive(client, 150);
  }

  private static void assertConsecutive(RawClient client, int chunks) throws Exception {
    long last = client.chunk().timestampMicros();
    for (int i = 0; i < chunks; i++) {
      WireChunk chunk = client.chunk();
      assertThat(chunk.timestampMicros()).isEqualTo(last + 20_000);
      last = chunk.timestampMicros();
    }
  }

  @Test
  void clientsThatNeverReadDelayNobody() throws Exception {
    // 768 kB a second, so that a connection that is not read is full after a moment.
    ToneServer server = server("96000:32:2");
    RawClient good = client(server).hello("good");
    List<RawClient> bad = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bad.add(opened(RawClient.narrow(server.port())).hello("bad" + i).time());
    }
    assertConsecutive(good, 100);
    while (server.shell().counts().droppedChunks() < 100) {
      good.time();
      for (RawClient each : bad) {
        each.time();
      }
      assertConsecutive(good, 50);
    }
    assertThat(server.shell().counts().clients()).isEqualTo(21);
  }

  @Test
  void whoTalksNonsenseIsHungUpOnAndNobodyElse() throws Exception {
    ToneServer server = server("48000:16:2");
    RawClient good = client(server).hello("good");
    for (int seed = 0; seed < 20; seed++) {
      byte[] nonsense = new byte[2000];
      new Random(seed).nextBytes(nonsense);
      assertThat(client(server).bytes(nonsense).hungUp()).as("seed %d", seed).isTrue();
    }
    ByteBuffer lie = ByteBuffer.allocate(BaseHeader.BYTES);
    new BaseHeader(Hello.TYPE, 2, 0, 0, 0, 2_000_000_000).encode(lie);
    assertThat(client(server).bytes(lie.array()).hungUp()).isTrue();

    assertConsecutive(good, 20);
  }

  @Test
  void aControllerAtTheStreamPortIsHandedOverWithWhatItHasSaid() throws Exception {
    ToneServer server = server("48000:16:2");
    BlockingQueue<String> handedOver = new LinkedBlockingQueue<>();
    server
        .shell()
        .strays((channel, first) -> {
          handedOver.add(new String(first, UTF_8));
          write(channel, "answer");
        });
    RawClient good = client(server).hello("good");

    RawClient stray = client(server).bytes("{\"id\":1}\r\n".getBytes(UTF_8));

    assertThat(handedOver.poll(20, TimeUnit.SECONDS)).isEqualTo("{\"id\":1}\r\n");
    assertThat(stray.text(6)).isEqualTo("answer");
    assertConsecutive(good, 20);
    assertThat(server.shell().counts().connections()).isEqualTo(1);
  }

  private static void write(SocketChannel channel, String text) {
    try {
      assertThat(channel.isBlocking()).isTrue();
      channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStreamClientThatCameByAnotherPortIsServedFromItsFirstByteOn() throws Exception {
    ToneServer server = server("48000:16:2");
    try (ServerSocketChannel other = ServerSocketChannel.open()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      RawClient client = opened(RawClient.connect(other.socket().getLocalPort())).hello("kitchen");
      SocketChannel channel = other.accept();
      ByteBuffer first = ByteBuffer.allocate(4096);
      channel.read(first);
      server.shell().accept(channel, first.flip());

      assertThat(client.read().message()).isInstanceOf(ServerSettings.class);
      client.time();
      assertConsecutive(client, 20);
    }
  }

  @Test
  void aFloodOfSilentConnectionsIsBoundedAndClientsStillGetIn() throws Exception {
    ToneServer server = server("48000:16:2");
    for (int i = 0; i < 1400; i++) {
      opened(RawClient.connect(server.port()));
    }
    await().atMost(PATIENCE).until(() -> server.shell().counts().refused() >= 1400 - 1024);
    assertThat(server.shell().counts().connections()).isLessThanOrEqualTo(1025);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client(server).hello("late").read().message() instanceof ServerSettings);
  }

  @Test
  void aServerThatStopsHangsUpAndEndsItsThreads() throws Exception {
    ToneServer server = server("48000:16:2");
    RawClient client = client(server).hello("kitchen");
    assertThat(client.read().message()).isInstanceOf(ServerSettings.class);
    server.close();

    assertThat(client.hungUp()).isTrue();
    await().atMost(PATIENCE).until(() -> server.threads().stream().noneMatch(Thread::isAlive));
  }
}
