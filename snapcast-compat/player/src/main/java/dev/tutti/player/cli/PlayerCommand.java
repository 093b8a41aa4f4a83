package dev.tutti.player.cli;

import dev.tutti.player.device.ControlSetup;
import dev.tutti.player.device.Doors;
import dev.tutti.player.device.PlayerDevice;
import dev.tutti.player.session.Identity;
import dev.tutti.player.shell.MonotonicClock;
import dev.tutti.player.shell.Player;
import dev.tutti.player.shell.PlayerSetup;
import dev.tutti.player.shell.Servers;
import dev.tutti.player.status.LocalProgram;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.player.status.StatusDoor;
import dev.tutti.player.status.StatusPlaces;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  tutti player -h music.local -p 1704 -i 2  as snapclient takes it",
      "  tutti player tcp://music.local --control 8081   others may control it, docs/device.md",
      "  tutti player --status                     how the one that runs here does",
      "",
      "Environment: SNAPCAST_SERVER (as HOST, host:port, or an address), SNAPCAST_PORT, DEVICE_ID"
          + " (as",
      "--hostID), ALSA_DEVICE or AUDIO_OUTPUT_DEVICE (as --soundcard), FALLBACK_FILE (as"
          + " --fallback).",
      "Options win.",
      "",
      "Exit codes: 0 well; 1 it cannot begin or go on, or is not well; 2 wrong options."
    })
public final class PlayerCommand implements Callable<Integer> {
  private static final int UNSET = -1;

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
      names = "-h",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "HOST",
      description = "As --host, because it is so for snapclient; -h alone shows this help.")
  private @Nullable String shortHost;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Its port, where none is given with the host. Default: 1704")
  private int port = UNSET;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "A,B",
      description =
          "Several servers, the best first: the next is tried when one does not serve. A server"
              + " that is lost is waited for, for 3 s, before others are tried.")
  private List<String> servers = List.of();

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

  @Mixin private final FallbackOptions fallback = new FallbackOptions();

  @Mixin private final ControlOptions control = new ControlOptions();

  @Option(
      names = "--mixer",
      defaultValue = "software",
      paramLabel = "MIXER",
      description =
          "Who applies the volume: software[:exp[:BASE]|:poly[:EXPONENT]] (this program, by"
              + " snapclient's curves), hardware[:ELEMENT] (the sound card; what is changed there"
              + " is told to the server), script:PROGRAM (called as PROGRAM --volume 0.42 --mute"
              + " false), none. Default: software")
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

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Mixin private ServerOptions options = new ServerOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  PlayerCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (shortHost != null && shortHost.isEmpty()) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return 0;
    }
    if (list) {
      DeviceList.ofSystem(spec.commandLine().getOut()).print();
      return 0;
    }
    if (status || health) {
      return askLocalPlayers();
    }
    try {
      return play(setup(), doors());
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private int play(PlayerSetup setup, ControlSetup doors) throws IOException, InterruptedException {
    Player player = new Player(setup);
    PlayerDevice device = new PlayerDevice(player);
    Doors open = Doors.open(doors, device, setup.fallback().data());
    StatusPlaces places = StatusPlaces.of(LocalProgram.PLAYER, environment);
    player.start();
    StatusDoor door = StatusDoor.open(places, instance, player::status);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  open.close();
                  door.close();
                  player.close();
                  device.close();
                }));
    player.awaitOutputGone();
    return 1;
  }

  private int askLocalPlayers() throws InterruptedException {
    Mistakes mistakes = new Mistakes(spec);
    mistakes.require(instance >= 1, "--instance must be 1 or more, not " + instance);
    CommandLine line = spec.commandLine();
    boolean named = line.getParseResult().hasMatchedOption("--instance");
    LocalPrograms<PlayerStatus> players =
        LocalPrograms.players(
            new LocalPrograms.Inquiry(
                StatusPlaces.of(LocalProgram.PLAYER, environment),
                named ? OptionalInt.of(instance) : OptionalInt.empty(),
                line.getOut(),
                line.getErr()));
    return health ? players.health() : players.status(LocalPrograms.isLive());
  }

  /** Who else may control it, as the options and the environment ask. */
  ControlSetup doors() {
    return new Mistakes(spec).checked(() -> control.setup(environment));
  }

  /** What the options and the environment ask for. */
  PlayerSetup setup() {
    Mistakes mistakes = new Mistakes(spec);
    FormatPattern format =
        mistakes.checked("--sampleformat: ", () -> FormatPattern.parse(sampleformat));
    mistakes.require(instance >= 1, "--instance must be 1 or more, not " + instance);
    mistakes.require(
        Math.abs(latency) <= 10_000, "--latency must be -10000 to 10000 ms, not " + latency);
    String card = card();
    String kind = Devices.resolve(output, card, environment);
    VolumeOption volume =
        mistakes.checked(() -> VolumeOption.parse(mixer, kind, card, environment));
    return new PlayerSetup(
        chosenServers(mistakes),
        options.certificates(mistakes),
        identity(),
        mistakes.checked(() -> Devices.output(kind, card)),
        format::over,
        format.channels(),
        volume.curve(),
        volume.control(),
        latency,
        options.depthMs(mistakes),
        mistakes.checked(() -> fallback.setup(environment, "tutti-player")));
  }

  private Identity identity() {
    return Machine.identity(hostId.isEmpty() ? variable("DEVICE_ID") : hostId, instance);
  }

  private String card() {
    if (!soundcard.isEmpty()) {
      return soundcard;
    }
    String alsa = variable("ALSA_DEVICE");
    return alsa.isEmpty() ? variable("AUDIO_OUTPUT_DEVICE") : alsa;
  }

  /** Empty if it is not set. */
  private String variable(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private Servers chosenServers(Mistakes mistakes) {
    mistakes.require(
        port == UNSET || (port > 0 && port < 65_536), "--port must be 1 to 65535, not " + port);
    List<String> named =
        Stream.concat(Stream.of(server, host, shortHost == null ? "" : shortHost), servers.stream())
            .filter(text -> !text.isBlank())
            .toList();
    int usualPort = port == UNSET ? 0 : port;
    return mistakes.checked(
        () -> ServerChoice.of(named, usualPort, environment, new MonotonicClock()));
  }
}
