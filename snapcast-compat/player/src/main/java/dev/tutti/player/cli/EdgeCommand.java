package dev.tutti.player.cli;

import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.player.edge.Edge;
import dev.tutti.player.edge.EdgeSetup;
import dev.tutti.player.shell.MonotonicClock;
import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.status.EdgeStatus;
import dev.tutti.player.status.LocalProgram;
import dev.tutti.player.status.StatusDoor;
import dev.tutti.player.status.StatusPlaces;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tutti edge}: a server that is always there, for the unmodified snapclient beside it. */
@Command(
    name = "tutti edge",
    header = "Beside an unmodified snapclient: it never loses its server again.",
    description = {
      "snapclient throws away what it has when its server is gone. The edge is a server on the same"
          + " machine, for exactly one snapclient: it takes in what the real server sends, keeps it"
          + " through an outage, steers it to this machine's clock, and is the client to the real"
          + " server, by the same id, with volume, mute and latency.",
      "",
      "Without a server it looks for one in the network (mDNS)."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti edge tcp://music.local              and beside it: snapclient -h 127.0.0.1",
      "  tutti edge tcp://music.local --listen 127.0.0.1:1714",
      "                                            where 1704 is taken: snapclient -h 127.0.0.1"
          + " -p 1714",
      "  tutti edge --buffer-local 500             for a snapclient that stumbles",
      "  tutti edge --status                       how the one that runs here does",
      "",
      "Of a snapserver, and of live sources, the edge has in hand what the server's buffer lets it"
          + " (tutti",
      "serve --buffer, snapserver -b). When that runs out it plays the fallback that a Tutti server"
          + " gave it,",
      "or --fallback, until the server is back.",
      "",
      "Exit codes: 0 ended, or well; 1 it could not begin, or is not well; 2 wrong options."
    })
public final class EdgeCommand implements Callable<Integer> {
  private static final Pattern PLACE = Pattern.compile("(?:(\\[[^\\]]+\\]|[^:]+):)?(\\d{1,5})");
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final List<String> CODECS = List.of("pcm", "flac");

  private final Map<String, String> environment;

  @Parameters(
      arity = "0..*",
      paramLabel = "tcp://HOST[:PORT]",
      description =
          "The server, or several, the best first; ws:// and wss:// as well, and USER:PASSWORD@"
              + " before the host.")
  private List<String> servers = List.of();

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1:1704",
      paramLabel = "[HOST:]PORT",
      description = "Where snapclient connects; port 0 for any. Default: 127.0.0.1:1704")
  private String listen = "";

  @Mixin private final FallbackOptions fallback = new FallbackOptions();

  @Option(
      names = "--buffer-local",
      defaultValue = "300",
      paramLabel = "MS",
      description =
          "How much sound lies in snapclient itself, 50 to 2000 ms; the rest of the server's buffer"
              + " lies here. Default: 300")
  private int localBufferMs;

  @Option(
      names = "--codec",
      defaultValue = "pcm",
      paramLabel = "CODEC",
      description = "From here to snapclient: pcm or flac. Default: pcm")
  private String codec = "";

  @Option(
      names = "--status",
      description =
          "Show how the edge on this machine does, live in a terminal; then end. Of several, name"
              + " one with --listen.")
  private boolean status;

  @Option(
      names = "--health",
      description =
          "Check the edge on this machine: 0 if its client is there and plays or rightly rests,"
              + " else 1.")
  private boolean health;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Mixin private ServerOptions options = new ServerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  EdgeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (status || health) {
      return askLocalEdges();
    }
    EdgeSetup setup = setup();
    try {
      Edge edge = new Edge(setup);
      StatusDoor door =
          StatusDoor.ofEdge(
              StatusPlaces.of(LocalProgram.EDGE, environment),
              edge.address().getPort(),
              edge::status);
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("stop")
                  .unstarted(() -> {
                    door.close();
                    edge.close();
                    ended.countDown();
                  }));
      edge.start();
      ended.await();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private int askLocalEdges() throws InterruptedException {
    CommandLine line = spec.commandLine();
    boolean named = line.getParseResult().hasMatchedOption("--listen");
    LocalPrograms<EdgeStatus> edges =
        LocalPrograms.edges(
            new LocalPrograms.Inquiry(
                StatusPlaces.of(LocalProgram.EDGE, environment),
                named ? OptionalInt.of(place(new Mistakes(spec)).getPort()) : OptionalInt.empty(),
                line.getOut(),
                line.getErr()));
    return health ? edges.health() : edges.status(LocalPrograms.isLive());
  }

  /** What the options ask for. */
  EdgeSetup setup() {
    Mistakes mistakes = new Mistakes(spec);
    mistakes.require(
        localBufferMs >= EdgeSetup.LEAST_BUFFER_MS && localBufferMs <= EdgeSetup.MOST_BUFFER_MS,
        "--buffer-local must be "
            + EdgeSetup.LEAST_BUFFER_MS
            + " to "
            + EdgeSetup.MOST_BUFFER_MS
            + " ms, not "
            + localBufferMs);
    CodecSpec local = CodecSpec.parse(codec);
    mistakes.require(
        CODECS.contains(local.codec()), "--codec must be pcm or flac, not \"" + codec + "\"");
    // Said now, not when the first client comes.
    mistakes.checked(() -> ServerChoice.of(servers, 0, environment, new MonotonicClock()));
    InetSocketAddress place = place(mistakes);
    refuseItself(place, mistakes);
    return new EdgeSetup(
        () -> ServerChoice.of(servers, 0, environment, new MonotonicClock()),
        options.certificates(mistakes),
        place,
        localBufferMs,
        local,
        options.depthMs(mistakes),
        mistakes.checked(() -> fallback.setup(environment, "tutti-edge/" + place.getPort())));
  }

  private InetSocketAddress place(Mistakes mistakes) {
    Matcher parts = PLACE.matcher(listen.strip());
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : -1;
    mistakes.require(
        port >= 0 && port <= 65_535, "--listen takes HOST:PORT or PORT, not \"" + listen + "\"");
    String host = Optional.ofNullable(parts.group(1)).orElse("127.0.0.1");
    return new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port);
  }

  /** An edge that takes itself for the server would wait for itself for ever. */
  private void refuseItself(InetSocketAddress place, Mistakes mistakes) {
    for (String each : servers) {
      ServerAddress server = ServerAddress.parse(each, 0);
      boolean here = server.host().equals(place.getHostString()) || LOCAL.contains(server.host());
      mistakes.require(
          !here || server.port() != place.getPort(),
          server
              + " is where the edge itself listens; where the server is on this machine, take"
              + " another port: --listen 1714, and snapclient -p 1714");
    }
  }
}
