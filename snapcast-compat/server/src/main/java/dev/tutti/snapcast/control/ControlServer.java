package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.PluginContext;
import dev.tutti.api.Registration;
import dev.tutti.api.access.Access;
import dev.tutti.api.net.Network.Listening;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Zones;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Snapcast's control API on the port {@code control}, and on the host's HTTP server under {@code
 * /jsonrpc}. Opened by the plugin's start, closed by its stop; sockets and routes end with the
 * plugin's context in any case. Any thread.
 */
public final class ControlServer implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final ControlHub hub;
  private final TcpControl tcp;
  private final WebControl web;
  private final Listening listening;
  private final List<Registration> registrations;

  private ControlServer(
      ControlHub hub,
      TcpControl tcp,
      WebControl web,
      Listening listening,
      List<Registration> registrations) {
    this.hub = hub;
    this.tcp = tcp;
    this.web = web;
    this.listening = listening;
    this.registrations = registrations;
  }

  /**
   * Opens it for this computer.
   *
   * @param rules which streams may be added
   * @param strays takes over stream clients that came to the control port, with their first bytes
   */
  public static ControlServer open(
      PluginContext context, StreamRules rules, BiConsumer<SocketChannel, ByteBuffer> strays) {
    return open(context, rules, strays, Machine.here());
  }

  static ControlServer open(
      PluginContext context,
      StreamRules rules,
      BiConsumer<SocketChannel, ByteBuffer> strays,
      Machine machine) {
    ControlHub hub = hub(context, rules, machine);
    Access access = access(context);
    TcpControl tcp = new TcpControl(hub, access, context.clock(), context.log(), strays);
    WebControl web =
        new WebControl(hub, access, new ArtLinks(context.http()::baseUrl), context.log());
    ArtRoute art = new ArtRoute(context.streams());
    List<Registration> registrations = new ArrayList<>();
    registrations.add(context.http().post(WebControl.PATH, web::post));
    registrations.add(context.http().webSocket(WebControl.PATH, web::open));
    registrations.add(context.http().get(ArtRoute.PATH, art::get));
    registrations.add(context.schedule().every(SWEEP, tcp::sweep));
    registrations.add(
        context
            .metrics()
            .gauge("control_sessions", "Controllers connected", () -> tcp.count() + web.count()));
    Listening listening = context.network().listen("control", tcp::accept);
    return new ControlServer(hub, tcp, web, listening, registrations);
  }

  /** The host's policy, which is there as long as the host. */
  public static Access access(PluginContext context) {
    return context.services().find(Access.class).get().orElseThrow();
  }

  private static ControlHub hub(PluginContext context, StreamRules rules, Machine machine) {
    Zones zones = context.zones();
    Streams streams = context.streams();
    Clock clock = context.clock();
    StreamJson streamJson = new StreamJson(context.http()::baseUrl);
    StatusJson status = new StatusJson(streams, streamJson, clock, context.host().name(), machine);
    List<Method> methods = new ArrayList<>();
    methods.addAll(new ClientMethods(zones, context.host().bufferMs()).all());
    methods.addAll(new GroupMethods(zones, streams, status).all());
    methods.addAll(new ServerMethods(zones, status).all());
    methods.addAll(new StreamMethods(streams, rules).all());
    return new ControlHub(
        zones,
        streams,
        clock,
        context.schedule(),
        new Dispatcher(methods),
        new Notifications(status, streamJson, clock));
  }

  /** Serves a controller that came to another port, whose first bytes have been read there. */
  public void accept(SocketChannel channel, byte[] first) {
    tcp.accept(channel, first);
  }

  /** Where controllers connect by TCP, with the actual port. */
  public InetSocketAddress address() {
    return listening.address();
  }

  @Override
  public void close() {
    listening.close();
    registrations.forEach(Registration::close);
    hub.close();
    tcp.close();
    web.close();
  }
}
