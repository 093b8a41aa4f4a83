package dev.tutti.core.http;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Access.Entry;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** Who calls over HTTP: asks the access policy about a request. Any thread. */
final class Callers {
  private static final List<String> FORWARDED =
      List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via");
  private static final Caller OWNER = new Caller("this machine", Scope.ADMIN);

  /** Stands for an address that a proxy names and we cannot read: nobody near. */
  private static final InetAddress FAR_AWAY = InetAddress.ofLiteral("192.0.2.1");

  private final Access access;
  private final boolean trustThisMachine;

  Callers(Access access, boolean trustThisMachine) {
    this.access = access;
    this.trustThisMachine = trustThisMachine;
  }

  /** A judgement of the one who sent a request. */
  Entry judge(Door door, Request request) {
    Optional<Credentials> shown =
        Optional.ofNullable(request.getHeaders().get("Authorization"))
            .map(Callers::utf8)
            .flatMap(Credentials::ofHeader);
    InetAddress remote = JettyCall.remote(request);
    Entry entry = access.enter(door, origin(remote, request), shown);
    boolean unknown = entry instanceof Entry.Granted g && g.caller().name().isEmpty();
    return unknown && trustThisMachine && remote.isLoopbackAddress() && !forwarded(request)
        ? new Entry.Granted(OWNER)
        : entry;
  }

  /**
   * Jetty reads each byte of a header as a letter, while most programs write UTF-8. What is no
   * UTF-8 was meant letter by letter.
   */
  private static String utf8(String header) {
    byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException latin1) {
      return header;
    }
  }

  /**
   * Behind a proxy, the address the proxy saw. Whoever invents such a header makes himself a
   * stranger at worst: what counts as near must be near both times.
   */
  private InetAddress origin(InetAddress remote, Request request) {
    String chain = request.getHeaders().get("X-Forwarded-For");
    if (chain == null || chain.isBlank() || !near(remote)) {
      return remote;
    }
    String last = chain.substring(chain.lastIndexOf(',') + 1).strip();
    try {
      return InetAddress.ofLiteral(last);
    } catch (IllegalArgumentException e) {
      return FAR_AWAY;
    }
  }

  private static boolean near(InetAddress remote) {
    return remote.isLoopbackAddress() || remote.isSiteLocalAddress() || remote.isLinkLocalAddress();
  }

  private static boolean forwarded(Request request) {
    return FORWARDED.stream().anyMatch(request.getHeaders()::contains);
  }
}
