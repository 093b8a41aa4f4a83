package dev.tutti.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.Host;
import dev.tutti.core.config.TuttiConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The names are a contract: other programs drive them (issue 2 item 3). */
class CommandLineTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aSnapserversFileIsTakenInsteadOfTuttis() throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("snapserver.conf"),
            "[stream]\nsource = pipe:///tmp/x?name=fleet\nbuffer = 700\n");
    Host.Setup setup =
        serve("serve", "--snapserver-conf=" + conf, "--http-port=3", "--data=" + folder);
    assertThat(setup.configuration().host().audio().bufferMs()).isEqualTo(700);
    assertThat(setup.configuration().host().server().httpPort()).isEqualTo(3);
    assertThat(setup.streams()).extracting(s -> s.id()).containsExactly("fleet");
  }

  @Test
  void aSourceMayComeFromTheEnvironmentUnlessOneIsGiven() throws Exception {
    environment.put("STREAM_SOURCE", "pipe:///tmp/snapfifo?name=fleet&mode=read");
    assertThat(serve("serve", "--data=" + folder).streams())
        .extracting(s -> s.id())
        .containsExactly("fleet");
    assertThat(serve("serve", "--data=" + folder, "--source=pipe:///x?name=mine").streams())
        .extracting(s -> s.id())
        .containsExactly("mine");
  }

  @Test
  void theStateOfASnapserverIsTakenOverOnce() throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    Path own = folder.resolve("own");
    Files.writeString(theirs.resolve("server.json"), "{\"ConfigVersion\":2,\"Groups\":[]}");
    List<Path> places = List.of(folder.resolve("nowhere"), theirs);
    assertThat(SnapserverHome.takeOver(own, places)).contains(theirs.resolve("server.json"));
    assertThat(own.resolve("server.json")).hasSameTextualContentAs(theirs.resolve("server.json"));
    assertThat(SnapserverHome.takeOver(own, places)).isEmpty();
  }

  @Test
  void everyOptionOfTheContractIsUnderstood() throws Exception {
    Path file = Files.writeString(folder.resolve("t.toml"), "[server]\nname = 'Attic'");

    Host.Setup setup =
        serve(
            "serve",
            "--config=" + file,
            "--music=/m1",
            "--music=/m2",
            "--source=pipe:///tmp/x?name=x&mode=create&codec=pcm&sampleformat=48000:16:2&chunk_ms=20",
            "--buffer=700",
            "--codec=opus",
            "--data=" + folder,
            "--bind=127.0.0.1",
            "--stream-port=1",
            "--control-port=2",
            "--http-port=3",
            "--no-mdns",
            "--ready-file=/r",
            "--set=audio.chunk-ms=10",
            "--set=plugins.web.title=x",
            "--disable=web",
            "--log-level=debug");

    TuttiConfig config = setup.configuration().host();
    assertThat(config.server().name()).isEqualTo("Attic");
    assertThat(config.server().bind()).isEqualTo("127.0.0.1");
    assertThat(config.server().streamPort()).isEqualTo(1);
    assertThat(config.server().controlPort()).isEqualTo(2);
    assertThat(config.server().httpPort()).isEqualTo(3);
    assertThat(config.server().mdns()).isFalse();
    assertThat(config.audio().bufferMs()).isEqualTo(700);
    assertThat(config.audio().chunkMs()).isEqualTo(10);
    assertThat(config.audio().codec()).hasToString("opus");
    assertThat(config.log().level()).isEqualTo(TuttiConfig.Log.Level.DEBUG);
    assertThat(setup.dataFolder()).isEqualTo(folder);
    assertThat(setup.disabled()).containsExactly("web");
    assertThat(setup.streams()).extracting(s -> s.id()).containsExactly("x", "music");
    assertThat(setup.configuration().plugin("playlist", Folders.class).folders())
        .containsExactly(Path.of("/m1"), Path.of("/m2"));
  }

  record Folders(List<Path> folders) {}

  @Test
  void valuesMayStandApartFromTheirOptions() {
    assertThat(serve("serve", "--buffer", "700").configuration().host().audio().bufferMs())
        .isEqualTo(700);
  }

  @ParameterizedTest
  @CsvSource({"'',serve", "--music=/m,serve --music=/m", "--help,--help", "doctor,doctor"})
  void serveIsTheDefaultCommand(String typed, String meant) {
    String[] args = typed.isEmpty() ? new String[0] : typed.split(" ");
    assertThat(String.join(" ", Main.withCommand(args))).isEqualTo(meant);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfWithExamplesAndExitCodes(List<String> command) {
    List<String> args = new ArrayList<>(command);
    args.add("--help");

    assertThat(run(args.toArray(String[]::new))).isEqualTo(Main.OK);
    assertThat(out.toString()).contains("Examples:\n  tutti", "Exit codes:", "--help");
    assertThat(err.toString()).isEmpty();
  }

  static Stream<List<String>> commands() {
    return paths(Main.commandLine(), List.of());
  }

  private static Stream<List<String>> paths(CommandLine line, List<String> path) {
    return Stream.concat(
        Stream.of(path),
        line.getSubcommands().entrySet().stream()
            .flatMap(e -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(e.getKey());
              return paths(e.getValue(), longer);
            }));
  }

  @Test
  void theVersionIsShown() {
    assertThat(run("--version")).isEqualTo(Main.OK);
    assertThat(out.toString()).matches("tutti \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --musik /m           | Possible solutions: --music
          conifg                     | Did you mean: tutti config?
          serve --buffer             | Missing required parameter for option '--buffer' (MS)
          serve --buffer=5           | --buffer: audio.buffer-ms = 5: expected a whole number from 100 to 60000
          serve --buffer=fast        | --buffer: audio.buffer-ms = fast: expected a whole number from 100 to 60000
          serve --codec=flak         | did you mean "flac"?
          serve --http-port=70000    | --http-port: server.http-port = 70000: expected a whole number from 0 to 65535
          serve --source=nonsense    | --source: stream[0].source = nonsense: expected scheme://
          serve --set=audio.bufer=5  | --set audio.bufer: audio.bufer: there is no such key
          serve --config=/absent     | --config /absent: there is no such file
          serve --log-level=loud     | --log-level: log.level = loud: expected one of
          config                     | --example
          plugins                    | tutti plugins
          plugins info               | Missing required parameter: 'ID'
          """)
  void aMistakeIsNamedAndEndsWithTwo(String typed, String message) {
    assertThat(run(typed.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theExampleConfigurationIsAConfiguration() throws Exception {
    assertThat(run("config", "--example")).isEqualTo(Main.OK);
    Path file = Files.writeString(folder.resolve("t.toml"), out.toString());

    assertThat(run("config", "--effective", "--config=" + file)).isEqualTo(Main.OK);
    assertThat(out.toString()).contains("buffer-ms = 1000  # default");
  }

  @Test
  void pluginsAreListedFromTheFoldersWhenNoTuttiRuns() throws Exception {
    Files.createDirectories(folder.resolve("plugins"));
    Files.writeString(folder.resolve("plugins/broken.jar"), "not a jar");

    assertThat(run("plugins", "list", "--data=" + folder)).isEqualTo(Main.OK);
    assertThat(out.toString())
        .contains("No Tutti is running with the state in " + folder)
        .contains("broken")
        .contains("refused");
    assertThat(run("plugins", "info", "brokn", "--data=" + folder)).isEqualTo(Main.FAILURE);
    assertThat(err.toString()).contains("there is no plugin \"brokn\"; did you mean \"broken\"?");
  }

  @Test
  void aRunningFileLeftByAPowerCutIsNoRunningTutti() throws Exception {
    Files.writeString(
        folder.resolve("running.json"), "{\"ports\":{\"http\":1},\"url\":\"http://127.0.0.1:1/\"}");

    assertThat(run("plugins", "list", "--data=" + folder)).isEqualTo(Main.OK);
    assertThat(out.toString()).contains("No Tutti is running");
  }

  @Test
  void aTokenIsShownOnlyWhereATuttiKeepsItsState() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    assertThat(run("token", "--data=" + nowhere)).isEqualTo(Main.USAGE);
    assertThat(err.toString()).contains("no Tutti keeps its state in " + nowhere);
    assertThat(nowhere).doesNotExist();
    assertThat(out.toString()).isEmpty();

    Files.writeString(folder.resolve("token"), "abc\n");
    assertThat(run("token", "--data=" + folder)).isEqualTo(Main.OK);
    assertThat(out.toString()).isEqualTo("abc\n");
  }

  @Test
  void distNeedsTheSource() {
    assertThat(run("dist")).isEqualTo(Main.FAILURE);
    assertThat(err.toString()).contains("in a clone of the repository");
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(Main.withCommand(args));
  }

  private Host.Setup serve(String... args) {
    CommandLine line = Main.commandLine();
    CommandLine.ParseResult parsed = line.parseArgs(args);
    return ((ServeCommand) parsed.subcommand().commandSpec().userObject()).setup(environment);
  }
}
