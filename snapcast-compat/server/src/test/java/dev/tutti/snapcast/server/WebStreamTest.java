package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.http.HttpSettings;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.tls.OwnCertificate;
import dev.tutti.core.tls.ServerCertificate;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.SessionReport;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions of the stream port, over WebSockets of the real HTTP server. */
class WebStreamTest {
  private static final SessionPolicy POLICY = new SessionPolicy(1000, Map.of(), false, 4096);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final HttpServer http =
      opened(
          HttpServer.open(
              HttpSettings.of(InetAddress.getLoopbackAddress(), 0, ""), LocalNetworks.ofSystem()));

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
    ToneServer server = opened(new ToneServer(0, "pcm", SampleFormat.parse(format), POLICY));
    http.start();
    var _ = http.forHost().webSocket("/stream", server.shell()::open);
    return server;
  }

  private WebListener listener() throws Exception {
    return opened(WebListener.open(http.address().getPort()));
  }

  private WebListener narrow() throws Exception {
    return opened(new WebListener(RawWebSocket.narrow(http.address().getPort(), "/stream")));
  }

  @Test
  void aBrowserIsGreetedAnsweredAndServedOneMessagePerFrame() throws Exception {
    server("48000:16:2");
    WebListener browser = listener().hello("5d8b9b2e", "Linux ärmv7");

    WebListener.Got settings = browser.read();
    assertThat(settings.message()).isEqualTo(new ServerSettings(1000, 0, false, 100));
    assertThat(settings.header().refersTo()).isEqualTo(browser.lastId());
    assertThat(browser.read().message()).isEqualTo(CodecHeader.pcm(48_000, 16, 2));
    browser.time().time().time();
    for (int id = browser.lastId() - 2; id <= browser.lastId(); id++) {
      WebListener.Got reply = timeReply(browser);
      assertThat(reply.header().refersTo()).isEqualTo(id);
      assertThat(reply.header().receivedMicros()).isBetween(1L, reply.header().sentMicros());
    }
    WireChunk first = browser.chunk();
    for (int i = 1; i < 100; i++) {
      WebListener.Got got = browser.read();
      assertThat(got.frameBytes()).isEqualTo(BaseHeader.BYTES + got.header().size());
      assertThat(((WireChunk) got.message()).timestampMicros())
          .isEqualTo(first.timestampMicros() + i * 20_000L);
    }
  }

  @Test
  void whatAPlayerSaysBeyondSnapcastIsTakenOverWebSocketsToo() throws Exception {
    ToneServer server = server("48000:16:2");
    Hello hello =
        new Hello(
            "",
            "den",
            "0.34.0",
            "Tutti",
            "",
            "",
            1,
            "den",
            2,
            Optional.empty(),
            Optional.of(new PlayerExtension(1, Set.of(PlayerExtension.REPORT))));
    Report said =
        new Report(true, -12, 35, 410, -17_250, 0, 0, 980, 1, 2, 3, 4, 31_500, 900, "", "Tutti");
    WebListener player = listener().send(Hello.TYPE, hello.payload());
    assertThat(((ServerSettings) player.read().message()).extension()).isPresent();
    player.send(Report.TYPE, said.payload()).time();
    timeReply(player);

    CompletableFuture<List<SessionReport>> sessions = new CompletableFuture<>();
    server.shell().post((all, now) -> sessions.complete(all.report(now)));
    assertThat(sessions.get(20, TimeUnit.SECONDS).getFirst().player().orElseThrow().report())
        .isEqualTo(said);
  }

  /** The habits of snapclient 0.32 and later with wss://, which checks the server's name. */
  @Test
  void anEncryptedSnapclientIsServed(@TempDir Path folder) throws Exception {
    KeyStore certificate =
        new OwnCertificate(folder, List.of("localhost"), new SystemDisk(), Instant::now).get();
    http.openSecure(0, certificate, ServerCertificate.password());
    server("48000:16:2");
    int port = http.securePort().orElseThrow();
    RawWebSocket socket =
        opened(
            RawWebSocket.secure(trust(certificate), port, "/stream", "User-Agent: Snapcast\r\n"));
    Hello hello =
        new Hello(
            "00:11:22:33:44:55",
            "kitchen",
            "0.34.0",
            "Snapclient",
            "Debian",
            "x86_64",
            1,
            "kitchen",
            2,
            Optional.empty());
    socket.send(hello.frame(2, 0, ToneServer.CLOCK.getAsLong(), 0).array());
    WebListener client = new WebListener(socket);

    WebListener.Got settings = client.read();
    assertThat(settings.message()).isInstanceOf(ServerSettings.class);
    assertThat(settings.header().refersTo()).isEqualTo(2);
    assertThat(client.read().message()).isEqualTo(CodecHeader.pcm(48_000, 16, 2));
    socket.send(new Time(0).frame(3, 0, ToneServer.CLOCK.getAsLong(), 0).array());
    assertThat(timeReply(client).header().refersTo()).isEqualTo(3);
    assertThat(client.chunk().timestampMicros()).isPositive();
  }

  private static SSLContext trust(KeyStore certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "server", certificate.getCertificate(certificate.aliases().nextElement()));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static WebListener.Got timeReply(WebListener browser) throws Exception {
    while (true) {
      WebListener.Got got = browser.read();
      if (got.header().type() == Time.TYPE) {
        return got;
      }
    }
  }

  @Test
  void aBrowserThatDoesNotReadDelaysNobodyAndMissesWhatIsTooLate() throws Exception {
    // 768 kB a second, so that a connection that is not read is full after a moment.
    ToneServer server = server("96000:32:2");
    RawClient good = opened(RawClient.connect(server.port())).hello("good");
    WebListener slow = narrow().hello("slow").time();
    assertThat(slow.read().message()).isInstanceOf(ServerSettings.class);

    long last = good.chunk().timestampMicros();
    while (server.shell().counts().droppedChunks() < 50) {
      good.time();
      slow.time();
      long next = good.chunk().timestampMicros();
      assertThat(next).isEqualTo(last + 20_000);
      last = next;
    }

    // What was waiting is little; soon comes what is due now.
    long now = ToneServer.CLOCK.getAsLong();
    while (slow.chunk().timestampMicros() < now - 1_100_000) {
      slow.time();
    }
    assertThat(server.shell().counts().clients()).isEqualTo(2);
  }

  @Test
  void unknownTypesAndScrapsArePassedOver() throws Exception {
    server("48000:16:2");
    RawWebSocket socket = opened(RawWebSocket.open(http.address().getPort(), "/stream"));
    WebListener browser = new WebListener(socket);
    browser.send(300, new byte[20]).send(9, new byte[0]);
    socket.send(new byte[0]).send(new byte[25]);

    assertThat(browser.hello("one").read().message()).isInstanceOf(ServerSettings.class);
  }

  @Test
  void nonsenseEndsOneConnectionAndNoOther() throws Exception {
    server("48000:16:2");
    WebListener good = listener().hello("good");
    for (int seed = 0; seed < 20; seed++) {
      byte[] nonsense = new byte[60];
      new Random(seed).nextBytes(nonsense);
      WebListener bad = listener().send(5, nonsense);
      assertThat(bad.closedByServer()).as("seed %d", seed).isTrue();
    }
    assertThat(good.chunk().timestampMicros()).isPositive();
  }

  @Test
  void whoNeverReadsRepliesIsGivenUp() throws Exception {
    ToneServer server = server("96000:32:2");
    WebListener flood = narrow().hello("flood").time();
    assertThatIOException()
        .isThrownBy(() -> {
          while (true) {
            flood.time();
          }
        });
    await().atMost(PATIENCE).until(() -> server.shell().counts().clients() == 0);
  }

  @Test
  void aServerThatStopsEndsItsBrowsers() throws Exception {
    ToneServer server = server("48000:16:2");
    WebListener browser = listener().hello("one");
    assertThat(browser.read().message()).isInstanceOf(ServerSettings.class);
    server.close();
    assertThat(browser.closedByServer()).isTrue();
  }

  @Test
  void aBrowserThatLeavesIsGone() throws Exception {
    ToneServer server = server("48000:16:2");
    WebListener browser = listener().hello("one");
    assertThat(browser.read().message()).isInstanceOf(ServerSettings.class);
    browser.close();
    await().atMost(PATIENCE).until(() -> server.shell().counts().clients() == 0);
  }
}
