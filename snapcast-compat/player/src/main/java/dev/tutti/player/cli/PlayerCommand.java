package dev.tutti.player.cli;

import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.Identity;
import dev.tutti.player.shell.Certificates;
import dev.tutti.player.shell.FixedServers;
import dev.tutti.player.shell.MonotonicClock;
import dev.tutti.player.shell.PatientServers;
import dev.tutti.player.shell.Player;
import dev.tutti.player.shell.PlayerSetup;
import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.shell.Servers;
import dev.tutti.player.status.StatusDoor;
import dev.tutti.player.status.StatusPlaces;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tutti player}: plays what a Snapcast server sends, in time with all others. */
@Command(
    name = "tutti player",
    header = "Plays what a Snapcast server sends, in time with all other rooms.",
    description = {
      "Without a server it looks for one in the network (mDNS), again and again until it finds one."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti player                              the first server in the network",
      "  tutti player tcp://music.local            a certain one",
      "  tutti player wss://ann:secret@example.org encrypted, with a password",
      "  tutti player --servers attic,cellar:1714  the first of these that serves",
      "  tutti player --output alsa --soundcard plughw:0,0",
      "  tutti player --output file:out.pcm        raw samples, as they would sound",
      "  tutti player --status                     how the one that runs here does",
      "",
      "Environment: SNAPCAST_SERVER (host or host:port), SNAPCAST_PORT, DEVICE_ID (as --hostID),",
      "ALSA_DEVICE or AUDIO_OUTPUT_DEVICE (as --soundcard). Options win.",
      "",
      "Exit codes: 0 ended, or well; 1 it could not begin, or is not well; 2 wrong options."
    })
public final class PlayerCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "tcp://HOST[:PORT]",
      description =
          "The server; ws:// and wss:// as well (WebSocket, encrypted), and USER:PASSWORD@ before"
              + " the host. Usual ports: 1704, 1780 and 1788.")
  private String server = "";

  @Option(names = "--host", paramLabel = "HOST", description = "The server, the older way.")
  private String host = "";

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Its port, where none is given with the host. Default: 1704")
  private int port;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "A,B",
      description =
          "Several servers, the best first: the next is tried when one does not serve. A server"
              + " that is lost is waited for, for 3 s, before others are tried.")
  private List<String> servers = List.of();

  @Option(
      names = "--server-cert",
      paramLabel = "FILE",
      description =
          "For wss://, trust only the certificates in this file (PEM): the server's own or its"
              + " authority's. Default: what this system trusts.")
  private Optional<Path> serverCertificate = Optional.empty();

  @Option(
      names = "--hostID",
      paramLabel = "ID",
      description = "What the server knows this machine by. Default: the network card's address.")
  private String hostId = "";

  @Option(
      names = {"-i", "--instance"},
      defaultValue = "1",
      paramLabel = "N",
      description = "Tells several players on one machine apart. Default: 1")
  private int instance;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "auto",
      paramLabel = "OUTPUT",
      description =
          "alsa, pulse (PulseAudio, PipeWire), javasound, file:PATH, stdout, null. Default: pulse"
              + " where a sound server runs, else alsa, else javasound.")
  private String output = "auto";

  @Option(
      names = {"-s", "--soundcard"},
      defaultValue = "",
      paramLabel = "NAME",
      description = "The device or sink, as the output names it (see --list).")
  private String soundcard = "";

  @Option(
      names = {"-l", "--list"},
      description = "List devices, then end.")
  private boolean list;

  @Option(
      names = "--latency",
      defaultValue = "0",
      paramLabel = "MS",
      description = "Play so much earlier, for an amplifier that delays. Default: 0")
  private int latency;

  @Option(
      names = "--mixer",
      defaultValue = "software",
      paramLabel = "MIXER",
      description =
          "Who applies the volume: software[:exp[:BASE]|:poly[:EXPONENT]] or none. Default:"
              + " software (snapclient's curve).")
  private String mixer = "software";

  @Option(
      names = "--sampleformat",
      defaultValue = "*:*:*",
      paramLabel = "RATE:BITS:CHANNELS",
      description = "What the device is opened with; * as the stream. Default: *:*:*")
  private String sampleformat = "*:*:*";

  @Option(
      names = "--status",
      description = "Show how the player on this machine does, live in a terminal; then end.")
  private boolean status;

  @Option(
      names = "--health",
      description = "Check the player on this machine: 0 if it plays or rightly rests, else 1.")
  private boolean health;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  PlayerCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (list) {
      Devices.list(spec.commandLine().getOut());
      return 0;
    }
    if (status || health) {
      return askLocalPlayers();
    }
    try {
      Player player = new Player(setup());
      StatusPlaces places = StatusPlaces.of(environment);
      CountDownLatch ended = new CountDownLatch(1);
      player.start();
      StatusDoor door = StatusDoor.open(places, instance, player::status);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("stop")
                  .unstarted(() -> {
                    door.close();
                    player.close();
                    ended.countDown();
                  }));
      ended.await();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private int askLocalPlayers() throws InterruptedException {
    require(instance >= 1, "--instance must be 1 or more, not " + instance);
    CommandLine line = spec.commandLine();
    boolean named = line.getParseResult().hasMatchedOption("--instance");
    LocalPlayers players =
        new LocalPlayers(
            StatusPlaces.of(environment),
            named ? OptionalInt.of(instance) : OptionalInt.empty(),
            line.getOut(),
            line.getErr());
    // Java 25 has no console where input or output is redirected.
    boolean live = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return health ? players.health() : players.status(live);
  }

  /** What the options and the environment ask for. */
  PlayerSetup setup() {
    FormatPattern format = checked(() -> FormatPattern.parse(sampleformat));
    require(instance >= 1, "--instance must be 1 or more, not " + instance);
    require(Math.abs(latency) <= 10_000, "--latency must be -10000 to 10000 ms, not " + latency);
    return new PlayerSetup(
        chosenServers(),
        checked(() -> serverCertificate.map(Certificates::of).orElseGet(Certificates::ofSystem)),
        identity(),
        checked(() -> Devices.output(output, card(), environment)),
        format::over,
        format.channels(),
        checked(this::curve),
        latency);
  }

  private Identity identity() {
    String id = hostId.isEmpty() ? environment.getOrDefault("DEVICE_ID", "") : hostId;
    return Machine.identity(id, instance);
  }

  private String card() {
    String named =
        environment.getOrDefault(
            "ALSA_DEVICE", environment.getOrDefault("AUDIO_OUTPUT_DEVICE", ""));
    return soundcard.isEmpty() ? named : soundcard;
  }

  private Servers chosenServers() {
    int fallbackPort = fallbackPort();
    List<String> named = new ArrayList<>();
    if (!server.isEmpty()) {
      named.add(server);
    }
    if (!host.isEmpty()) {
      named.add(host);
    }
    named.addAll(servers);
    if (named.isEmpty()) {
      named.addAll(
          Optional.ofNullable(environment.get("SNAPCAST_SERVER")).filter(s -> !s.isBlank()).stream()
              .toList());
    }
    if (named.isEmpty()) {
      return new PatientServers(new Browser(), new MonotonicClock());
    }
    Servers fixed =
        new FixedServers(
            checked(() ->
                named.stream().map(each -> ServerAddress.parse(each, fallbackPort)).toList()));
    return new PatientServers(fixed, new MonotonicClock());
  }

  private int fallbackPort() {
    if (port != 0) {
      require(port > 0 && port < 65_536, "--port must be 1 to 65535, not " + port);
      return port;
    }
    String named = environment.getOrDefault("SNAPCAST_PORT", "");
    if (named.isBlank()) {
      return 0;
    }
    return checked(() -> ServerAddress.parse("host:" + named.strip(), 0).port());
  }

  private Optional<VolumeCurve> curve() {
    String[] parts = mixer.split(":", 2);
    return switch (parts[0]) {
      case "none" -> Optional.empty();
      case "software" ->
          Optional.of(parts.length == 1 ? VolumeCurve.DEFAULT : VolumeCurve.parse(parts[1]));
      default ->
          throw new IllegalArgumentException(
              "--mixer takes software[:exp[:BASE]|:poly[:EXPONENT]] or none, not \""
                  + mixer
                  + "\"");
    };
  }

  private <T> T checked(java.util.function.Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
