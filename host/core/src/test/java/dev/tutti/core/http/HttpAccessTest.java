package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Access.Entry;
import dev.tutti.api.access.Access.Entry.Why;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.json.Json;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in over HTTP: pages by their origin, callers by what they show (issue 3 item 8). */
class HttpAccessTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** Open to this machine and 192.168/16 unless closed; knows the tokens listen, control, admin. */
  private static final class Doorkeeper implements Access {
    private volatile boolean open = true;

    @Override
    public Entry enter(Door door, InetAddress remote, Optional<Credentials> credentials) {
      if (credentials.orElse(null) instanceof Credentials.Bearer(String token)) {
        if (token.equals("Schlüssel")) {
          return new Entry.Granted(new Caller("anna", Scope.LISTEN));
        }
        return token.equals("locked")
            ? new Entry.Refused(Why.TOO_MANY, "too many")
            : new Entry.Granted(new Caller(token, Scope.valueOf(token.toUpperCase())));
      }
      boolean near = remote.isLoopbackAddress() || remote.isSiteLocalAddress();
      return open && near
          ? new Entry.Granted(Caller.UNKNOWN)
          : new Entry.Refused(Why.NOTHING_SHOWN, "Authentication required");
    }

    @Override
    public boolean knowsAnybody() {
      return true;
    }
  }

  private final Doorkeeper doorkeeper = new Doorkeeper();
  private final HttpServer server =
      HttpServer.open(
          new HttpSettings(HERE, 0, "attic", Optional.empty(), Set.of("music.example.com"), 100),
          LocalNetworks.ofSystem(),
          doorkeeper,
          true);

  @BeforeEach
  void start() {
    Http http = server.forPlugin(new FakeScope("rain"));
    http.post("/jsonrpc", call -> Json.from(call.caller().scope().label()));
    http.post("/api/volume", call -> Json.from(call.caller().scope().label()));
    http.get("/api/state", call -> Json.from(call.caller().scope().label()));
    http.get("/page", call -> Json.from("a page"));
    http.post(
        "/api/announce",
        call -> {
          call.require(Scope.ADMIN);
          return Json.from("ding");
        });
    http.webSocket("/jsonrpc", peer -> new WebSocketListener() {});
    http.webSocket("/ws/live", peer -> new WebSocketListener() {});
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String send(String requestLine, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
    boolean host = false;
    for (String header : headers) {
      text.append(header).append("\r\n");
      host |= header.startsWith("Host:");
    }
    text.append(host ? "" : "Host: localhost\r\n");
    text.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
    try (RawHttp raw = new RawHttp(server.address())) {
      return raw.send(text.toString()).all();
    }
  }

  private static String status(String answer) {
    return answer.split(" ", 3)[1];
  }

  @ParameterizedTest
  @CsvSource({
    "Host: attic:1780, Origin: http://evil.example",
    "Host: localhost, Origin: null",
    "Host: 192.168.1.5:1780, Origin: http://192.168.1.5:8080",
    "Host: evil.example:1780, Origin: http://evil.example:1780",
    "Host: evil.example:1780, Sec-Fetch-Site: same-origin"
  })
  void aForeignOrReboundPageCannotControlTheMusic(String host, String origin) throws IOException {
    assertThat(status(send("POST /jsonrpc", host, origin))).isEqualTo("403");
  }

  @ParameterizedTest
  @CsvSource({
    "Host: attic:1780, Origin: http://attic:1780",
    "Host: attic.lan:1780, Origin: http://attic.lan:1780",
    "Host: 192.168.1.5:1780, Origin: http://192.168.1.5:1780",
    "Host: attic:1780, Origin: https://music.example.com",
    "Host: 192.168.1.5:1780, Origin: capacitor://localhost",
    "Host: 192.168.1.5:1780, Origin: file://",
    "Host: some.name.example, X-Program: Home Assistant"
  })
  void ownPagesListedHostsAndProgramsMay(String host, String origin) throws IOException {
    assertThat(status(send("POST /jsonrpc", host, origin))).isEqualTo("200");
  }

  @Test
  void aForeignPageCannotOpenTheControlSocket() throws IOException {
    String[] handshake = {
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Origin: http://evil.example"
    };
    assertThat(status(send("GET /jsonrpc", handshake))).isEqualTo("403");
  }

  @Test
  void aProgramOnThisMachineIsItsOwnersUnlessAProxyStandsBetween() throws IOException {
    assertThat(send("POST /jsonrpc")).endsWith("\"admin\"");
    assertThat(send("POST /jsonrpc", "X-Forwarded-For: 192.168.1.9")).endsWith("\"control\"");
    assertThat(send("POST /jsonrpc", "Via: 1.1 proxy")).endsWith("\"control\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.5", "192.168.1.9, 203.0.113.5", "nonsense"})
  void whoeverAProxySawFarAwayIsFarAway(String chain) throws IOException {
    assertThat(status(send("POST /jsonrpc", "X-Forwarded-For: " + chain))).isEqualTo("401");
  }

  @Test
  void whoShowsNothingAtAClosedDoorIsAskedForIt() throws IOException {
    doorkeeper.open = false;

    assertThat(send("GET /page", "X-Forwarded-For: 10.0.0.1"))
        .startsWith("HTTP/1.1 401 ")
        .contains("WWW-Authenticate: Basic realm=\"Tutti\"")
        .contains("Authentication required");
    assertThat(send("GET /page", "Authorization: Bearer listen")).startsWith("HTTP/1.1 200 ");
    assertThat(status(send("GET /page", "Authorization: Bearer locked"))).isEqualTo("429");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
  void aTokenMayHaveLettersBeyondAscii(String charset) throws IOException {
    doorkeeper.open = false;
    String header = "Authorization: Bearer Schlüssel";
    // The bytes are sent as they are, one for each letter.
    String bytes = new String(header.getBytes(charset), StandardCharsets.ISO_8859_1);

    assertThat(send("GET /api/state", bytes)).endsWith("\"listen\"");
  }

  @Test
  void whoMayListenSeesButChangesNothing() throws IOException {
    assertThat(send("GET /api/state", "Authorization: Bearer listen")).endsWith("\"listen\"");
    assertThat(status(send("POST /api/volume", "Authorization: Bearer listen"))).isEqualTo("403");
    assertThat(send("POST /api/volume", "Authorization: Bearer control")).endsWith("\"control\"");
    assertThat(status(send("GET /ws/live", "Authorization: Bearer listen"))).isEqualTo("403");
  }

  @Test
  void whatSnapcastNeverOfferedNeedsAdmin() throws IOException {
    assertThat(send("POST /api/announce", "X-Forwarded-For: 10.0.0.1"))
        .startsWith("HTTP/1.1 401 ")
        .contains("tutti token");
    assertThat(status(send("POST /api/announce", "Authorization: Bearer control")))
        .isEqualTo("403");
    assertThat(send("POST /api/announce", "Authorization: Bearer admin")).endsWith("\"ding\"");
  }
}
