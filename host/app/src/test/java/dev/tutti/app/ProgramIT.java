package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user has in hands: the assembled program, its launcher, real ports and signals. */
class ProgramIT {
  @TempDir Path folder;

  @Test
  void onceItListensItSaysWhereInABannerAndAFile() throws Exception {
    try (Program tutti = Program.serve(folder)) {
      Json ready = tutti.awaitReady();

      assertThat(ready.number("pid").orElseThrow().longValue()).isEqualTo(tutti.pid());
      int stream = port(ready, "stream");
      for (String name : new String[] {"stream", "control", "http"}) {
        new Socket(InetAddress.getLoopbackAddress(), port(ready, name)).close();
      }
      assertThat(ready.text("url")).contains("http://127.0.0.1:" + port(ready, "http") + "/");
      tutti.awaitBanner();
      tutti.signal("TERM");
      tutti.awaitEnd();
      assertThat(tutti.out())
          .contains("Tutti " + ready.text("version").orElseThrow())
          .contains("Playing   default  the built-in piece")
          .contains("Open      " + ready.text("url").orElseThrow())
          .contains("Join      snapclient -h 127.0.0.1 -p " + stream)
          .contains(
              "ambient", "announce", "fallback", "feeds", "playlist", "snapcast", "telnet", "web")
          .contains("State     " + folder.resolve("data"))
          .doesNotContain("not running");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalEndsItCleanlyAndInTime(String signal) throws Exception {
    try (Program tutti = Program.serve(folder)) {
      Json ready = tutti.awaitReady();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port(ready, "stream"))) {
        assertThat(client.isConnected()).isTrue();
        tutti.signal(signal);

        assertThat(tutti.awaitEnd()).isZero();
        assertThat(tutti.err()).doesNotContain("not everything stopped in time");
        assertThat(tutti.readyFile()).doesNotExist();
        assertThat(folder.resolve("data/running.json")).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"stream", "control", "http"})
  void aPortInUseIsNamedWithTheOptionThatChangesIt(String name) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Program tutti =
            Program.run(
                folder,
                "--bind=127.0.0.1",
                "--set=server.stream-port=0",
                "--set=server.control-port=0",
                "--set=server.http-port=0",
                "--no-mdns",
                "--" + name + "-port=" + taken.getLocalPort())) {
      assertThat(tutti.awaitEnd()).isEqualTo(1);
      assertThat(tutti.err())
          .contains("port " + taken.getLocalPort() + " (" + name + ")")
          .contains("choose another with --" + name + "-port");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --set=plugins.snapcast.send-to-mutd=true | --set plugins.snapcast.send-to-mutd: plugins.snapcast.send-to-mutd: there is no such key; did you mean "send-to-muted"?
          --set=plugins.snapcst.send-to-muted=true | --set plugins.snapcst: there is no plugin "snapcst"; did you mean "snapcast"?
          --set=plugins.playlist.repeat=sometimes  | expected one of "none", "track", "all"
          --codec=flak                             | did you mean "flac"?
          """)
  void aTypingMistakeOnTheCommandLineEndsTheStart(String option, String message) throws Exception {
    try (Program tutti = Program.serve(folder, option)) {
      assertThat(tutti.awaitEnd()).isEqualTo(2);
      assertThat(tutti.err()).contains(message);
      assertThat(tutti.readyFile()).doesNotExist();
    }
  }

  @Test
  void aMistakeInAPluginsTableOfTheFileKeepsTheRestPlaying() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.toml"), "[plugins.playlist]\nshufle = true\n[plugins.wbe]\nx = 1\n");
    try (Program tutti = Program.serve(folder, "--config=" + file, "--disable=fedes")) {
      tutti.awaitBanner();
      tutti.signal("TERM");

      assertThat(tutti.awaitEnd()).isZero();
      assertThat(tutti.out())
          .contains(file + ", line 2: plugins.playlist.shufle: there is no such key")
          .contains("snapcast 0.1.0");
      assertThat(tutti.err())
          .contains(file + ", line 3: [plugins.wbe]: there is no plugin \"wbe\"; did you mean")
          .contains(
              "cannot disable \"fedes\": there is no plugin \"fedes\"; did you mean \"feeds\"?");
    }
  }

  @Test
  void twoOnOneDataFolderAreRefused() throws Exception {
    try (Program first = Program.serve(folder)) {
      first.awaitReady();
      try (Program second = Program.serve(folder)) {
        assertThat(second.awaitEnd()).isEqualTo(2);
        assertThat(second.err()).contains("another Tutti is running with the state in " + folder);
      }
    }
  }

  @Test
  void theRunningPluginsAreShown() throws Exception {
    try (Program tutti = Program.serve(folder, "--disable=web")) {
      tutti.awaitReady();

      try (Program list = Program.run(folder, "plugins", "list", "--data=" + folder + "/data")) {
        assertThat(list.awaitEnd()).isZero();
        assertThat(list.out())
            .containsPattern("snapcast +0\\.1\\.0 +running")
            .containsPattern("web +0\\.1\\.0 +disabled");
      }
      try (Program info =
          Program.run(folder, "plugins", "info", "snapcast", "--data=" + folder + "/data")) {
        assertThat(info.awaitEnd()).isZero();
        assertThat(info.out())
            .contains("State       running", "Uses        network:", "SHA-256", "Threads");
      }
    }
  }

  @Test
  void aScriptClosesTheGateByLinesOfText_S0_30() throws Exception {
    try (Program tutti =
        Program.serve(folder, "--set=plugins.telnet.enabled=true", "--set=plugins.telnet.port=0")) {
      tutti.awaitBanner();
      Matcher place = Pattern.compile("lines of text at 127.0.0.1:(\\d+)").matcher(tutti.err());
      assertThat(place.find()).as(tutti.err()).isTrue();
      try (Socket nc =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(place.group(1)))) {
        nc.setSoTimeout(30_000);
        nc.getOutputStream()
            .write("var.set playing = false\nvar.get playing\nquit\n".getBytes(UTF_8));

        assertThat(new String(nc.getInputStream().readAllBytes(), UTF_8).lines())
            .containsExactly("Variable playing set.", "END", "false", "END", "Bye!", "END");
      }
    }
  }

  @Test
  void theExampleConfigurationKnowsThePluginsKeys() throws Exception {
    try (Program example = Program.run(folder, "config", "--example")) {
      assertThat(example.awaitEnd()).isZero();
      assertThat(example.out())
          .contains("# buffer-ms = 1000", "[plugins.playlist]", "# shuffle = false")
          .contains("[plugins.snapcast]", "# send-to-muted = false");
      Path file = Files.writeString(folder.resolve("tutti.toml"), example.out());
      try (Program effective = Program.run(folder, "config", "--effective")) {
        assertThat(effective.awaitEnd()).as(effective.err()).isZero();
        assertThat(effective.out()).contains("shuffle = false  # default");
        assertThat(file).exists();
      }
    }
  }

  @Test
  void theDoctorLooksAtEverything() throws Exception {
    try (Program doctor =
        Program.run(
            folder,
            "doctor",
            "--set=server.stream-port=0",
            "--set=server.control-port=0",
            "--set=server.http-port=0")) {
      assertThat(doctor.awaitEnd()).as(doctor.out() + doctor.err()).isZero();
      assertThat(doctor.out())
          .contains("ok    java", "ok    config", "ok    stream port", "ok    pcm", "ok    flac")
          .contains("ok    opus", "ok    files", "mdns", "ok    state", "ok    plugins", "clock");
    }
  }

  private static int port(Json ready, String name) {
    return ready.get("ports").orElseThrow().number(name).orElseThrow().intValueExact();
  }
}
