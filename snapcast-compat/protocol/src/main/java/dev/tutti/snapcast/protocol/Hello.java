package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Type 5, client to server: who is there. Text that a client left out is empty.
 *
 * @param mac as the client writes it
 * @param version of the client program
 * @param instance 1 unless several clients run on one machine
 * @param hostId names the machine; not yet the client, see {@link #clientId}
 * @param auth credentials, sent by clients of version 0.32 and later that have some
 * @param extension what it speaks beyond Snapcast, sent by Tutti's players
 */
public record Hello(
    String mac,
    String hostName,
    String version,
    String clientName,
    String os,
    String arch,
    int instance,
    String hostId,
    int protocolVersion,
    Optional<Auth> auth,
    Optional<PlayerExtension> extension)
    implements Message {
  public static final int TYPE = 5;

  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  /** Credentials: {@code Basic} and base64 of {@code user:password}. */
  public record Auth(String scheme, String param) {
    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
      return "Auth[" + scheme + "]";
    }
  }

  /** Of one who speaks nothing but Snapcast. */
  public Hello(
      String mac,
      String hostName,
      String version,
      String clientName,
      String os,
      String arch,
      int instance,
      String hostId,
      int protocolVersion,
      Optional<Auth> auth) {
    this(
        mac,
        hostName,
        version,
        clientName,
        os,
        arch,
        instance,
        hostId,
        protocolVersion,
        auth,
        Optional.empty());
  }

  /**
   * The version of the program, for people: a Tutti player's own, which is another than it says.
   */
  public String programVersion() {
    return extension.map(PlayerExtension::program).filter(text -> !text.isEmpty()).orElse(version);
  }

  /** The id under which a client is known: its host's, and the instance unless that is 1. */
  public String clientId() {
    return instance == 1 ? hostId : hostId + "#" + instance;
  }

  /**
   * Whether it understands {@link ErrorMessage}, as snapclient does since 0.32, and our own player;
   * others must not be sent one. Snapweb and boards count their versions from elsewhere, so they
   * are not sent any.
   */
  public boolean knowsErrors() {
    Matcher numbers = VERSION.matcher(version);
    return numbers.lookingAt()
        && (clientName.equals("Snapclient") || clientName.equals("Tutti"))
        && (!numbers.group(1).equals("0") || Integer.parseInt(numbers.group(2)) >= 32);
  }

  static Hello decode(ByteBuffer in) throws ProtocolException {
    JsonPayload json = JsonPayload.decode(in, "Hello");
    String mac = json.text("MAC", "");
    String scheme = json.text("Auth.scheme", "");
    return new Hello(
        mac,
        json.text("HostName", ""),
        json.text("Version", ""),
        json.text("ClientName", ""),
        json.text("OS", ""),
        json.text("Arch", ""),
        json.number("Instance", 1),
        json.text("ID", mac),
        json.number("SnapStreamProtocolVersion", 1),
        scheme.isEmpty()
            ? Optional.empty()
            : Optional.of(new Auth(scheme, json.text("Auth.param", ""))),
        PlayerExtension.of(json));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return JsonPayload.encode(out -> {
      out.writeStringProperty("Arch", arch);
      auth.ifPresent(a ->
          out.writeObjectPropertyStart("Auth")
              .writeStringProperty("param", a.param())
              .writeStringProperty("scheme", a.scheme())
              .writeEndObject());
      out.writeStringProperty("ClientName", clientName)
          .writeStringProperty("HostName", hostName)
          .writeStringProperty("ID", hostId)
          .writeNumberProperty("Instance", instance)
          .writeStringProperty("MAC", mac)
          .writeStringProperty("OS", os)
          .writeNumberProperty("SnapStreamProtocolVersion", protocolVersion)
          .writeStringProperty("Version", version);
      extension.ifPresent(e -> e.write(out));
    });
  }
}
