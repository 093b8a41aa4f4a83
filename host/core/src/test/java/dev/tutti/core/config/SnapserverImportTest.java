package dev.tutti.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A home with Snapcast keeps its file (issue 3 item 4, S0-19). */
class SnapserverImportTest {
  @TempDir private Path folder;

  private SnapserverImport read(String text) throws IOException {
    return SnapserverImport.of(Files.writeString(folder.resolve("snapserver.conf"), text));
  }

  private static TuttiConfig config(SnapserverImport read) {
    return Configuration.from(read).build().host();
  }

  private TuttiConfig config(String text) throws IOException {
    return config(read(text));
  }

  @Test
  void aFileOfTodayIsHonoured() throws IOException {
    SnapserverImport read =
        read(
            """
            # my house
            [server]
            datadir = /srv/snap
            mdns_enabled = false
            [http]
            port = 8080
            ssl_enabled = true
            ssl_port = 8443
            host = attic.example
            [ssl]
            key_password = open
            [tcp-control]
            port = 8705
            [tcp-streaming]
            port = 8704
            [stream]
            source = pipe:///tmp/a?name=kitchen&mode=read
            source = tcp://0.0.0.0:4953?name=bath
            sampleformat = 44100:24:2
            codec = opus:BITRATE:128000
            chunk_ms = 26
            buffer = 700
            send_to_muted = true
            plugin_dir = /opt/plug-ins
            [streaming_client]
            initial_volume = 42
            [logging]
            filter = *:debug
            """);
    assertThat(read.notes()).isEmpty();
    assertThat(read.dataDir()).contains(Path.of("/srv/snap"));
    TuttiConfig config = config(read);
    assertThat(config.server().data()).isEqualTo(Path.of("/srv/snap"));
    assertThat(config.server().mdns()).isFalse();
    assertThat(config.server().streamPort()).isEqualTo(8704);
    assertThat(config.server().controlPort()).isEqualTo(8705);
    assertThat(config.server().httpPort()).isEqualTo(8080);
    assertThat(config.server().publicUrl()).isEqualTo("http://attic.example:8080");
    assertThat(config.https().enabled()).isTrue();
    assertThat(config.https().port()).isEqualTo(8443);
    assertThat(config.https().keyPassword()).isEqualTo("open");
    assertThat(config.audio().bufferMs()).isEqualTo(700);
    assertThat(config.audio().chunkMs()).isEqualTo(26);
    assertThat(config.audio().codec()).hasToString("opus:BITRATE:128000");
    assertThat(config.audio().sampleFormat()).hasToString("44100:24:2");
    assertThat(config.client()).hasSize(1).allMatch(c -> Integer.valueOf(42).equals(c.volume()));
    assertThat(config.log().level()).isEqualTo(TuttiConfig.Log.Level.DEBUG);
    assertThat(config.stream())
        .extracting(s -> String.valueOf(s.source()))
        .containsExactly("pipe:///tmp/a?name=kitchen&mode=read", "tcp://0.0.0.0:4953?name=bath");
  }

  @Test
  void oldNamesMeanTheSameAndNewOnesWin() throws IOException {
    assertThat(config("[stream]\nport = 1\nstream = pipe:///x?name=x").server().streamPort())
        .isEqualTo(1);
    assertThat(config("[tcp]\nport = 2\n").server().controlPort()).isEqualTo(2);
    assertThat(config("[tcp-control]\nport = 3\n[tcp]\nport = 2").server().controlPort())
        .isEqualTo(3);
    assertThat(config("[stream]\nchunk_ms = 30\nstream_buffer = 10").audio().chunkMs())
        .isEqualTo(30);
  }

  @Test
  void withoutASourceThereIsTheUsualPipe() throws IOException {
    assertThat(config("").stream().getFirst().source())
        .hasToString("pipe:///tmp/snapfifo?name=default");
  }

  @Test
  void programsInTheFileAreAllowedByIt() throws IOException {
    Node.Table feeds =
        read("[stream]\nsandbox_dir = /opt/box\n"
                + "source = process:///usr/bin/radio?name=r&controlscript=/opt/meta.py\n"
                + "source = librespot:///usr/bin/librespot?name=s")
            .root()
            .table("plugins")
            .table("feeds");
    assertThat(TomlText.of(feeds.entries().get("programs")))
        .isEqualTo(
            "[\"/opt/box\", \"/usr/bin/radio\", \"/usr/bin/librespot\", \"/usr/share/snapserver/sandbox\"]");
    assertThat(TomlText.of(feeds.entries().get("control-scripts"))).contains("/opt/meta.py");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server|threads|4|starts the threads it needs
          server|pidfile|/run/x.pid|--ready-file
          server|user|snap|User=
          ssl|verify_clients|true|a token or a password instead
          http|enabled|false|always listens there
          http|doc_root|/no/such/folder|no folder that is there
          http|url_prefix|/music|[http] host
          http|publish_https|false|as a whole
          tcp-control|enabled|false|always listens there
          tcp-streaming|publish|false|as a whole
          stream|buffer|20|becomes 100
          stream|buffer|many|no whole number
          stream|source|nonsense|is left out
          stream|source|jack:///x?name=j|does not play
          stream|bufer|3|did you mean "buffer"?
          authorization|enabled|true|[access]
          logging|sink|file:/x|standard error
          logging|filter|Stats:debug|one level for all
          strem|source|x|did you mean "stream"?
          """)
  void whatCannotBeKeptIsNamed(String section, String key, String value, String said)
      throws IOException {
    SnapserverImport read = read("[" + section + "]\n" + key + " = " + value);
    assertThat(read.notes()).hasSize(1).first().asString().contains(said);
    if (!key.equals("url_prefix")) {
      assertThat(read.notes().getFirst())
          .contains("snapserver.conf, line 2: [" + section + "] " + key);
    }
    assertThat(config(read)).isNotNull();
  }

  @Test
  void severalAddressesBecomeAllAndThatIsSaid() throws IOException {
    SnapserverImport all = read("[http]\nbind_to_address = ::\n[tcp]\nbind_to_address = 0.0.0.0");
    assertThat(all.notes()).isEmpty();
    assertThat(config(all).server().bind()).isEqualTo("0.0.0.0");
    assertThat(config("[http]\nbind_to_address = 127.0.0.1").server().bind())
        .isEqualTo("127.0.0.1");
    SnapserverImport two = read("[http]\nbind_to_address = ::\n[tcp]\nbind_to_address = 127.0.0.1");
    assertThat(two.notes()).hasSize(1).first().asString().contains("line 4", "not kept");
  }

  @Test
  void theFirstSeedsJsonIsReadToo() throws IOException {
    SnapserverImport read =
        read(
            """
            {"server": {"datadir": "/data", "pidfile": "/run/p", "logging": {"debug": true, "stdout": true}},
             "stream": {"source": "pipe:///tmp/snapfifo?name=fleet&mode=read", "codec": "flac",
                        "sampleformat": "48000:16:2", "buffer": 1000, "send_to_muted": false},
             "http": {"enabled": true, "port": 1780, "doc_root": ""},
             "tcp": {"enabled": true, "port": 1705},
             "logging": {"sink": {"type": "stdout"}}}
            """);
    TuttiConfig config = config(read);
    assertThat(config.stream().getFirst().source().option("name")).contains("fleet");
    assertThat(config.server().data()).isEqualTo(Path.of("/data"));
    assertThat(config.log().level()).isEqualTo(TuttiConfig.Log.Level.DEBUG);
    assertThat(read.notes())
        .satisfiesExactly(
            pid -> assertThat(pid).contains("pidfile"),
            stdout -> assertThat(stdout).contains("logging.stdout", "is always so"));
  }

  @Test
  void whatIsPrintedSaysTheSame() throws IOException {
    SnapserverImport read =
        read(
            "[server]\nthreads = 1\n[stream]\nsource = pipe:///tmp/a?name=\"x\"\nbuffer = 500\n"
                + "sandbox_dir = /opt/box\n[http]\nport = 81\n");
    String toml = ConfigText.imported(read, "snapserver.conf");
    assertThat(toml).contains("# Not taken over: ").contains("[[stream]]");
    Path written = Files.writeString(folder.resolve("tutti.toml"), toml);
    assertThat(Configuration.from(java.util.Optional.of(written)).build().host())
        .isEqualTo(config(read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":", "{]"})
  void whatBeginsAsJsonMustBeJson(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> SnapserverImport.of(folder.resolve("none")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none");
  }

  @Test
  void garbageIsNamedAndNeverFatal() throws IOException {
    Random random = new Random(11);
    List<String> words =
        List.of(
            "[stream]", "source", "=", "pipe:///", "\n", "buffer", "[", "]", "-1", "\0", "port");
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder("x");
      for (int k = 0; k < 30; k++) {
        text.append(words.get(random.nextInt(words.size())));
      }
      SnapserverImport read =
          SnapserverImport.of(SnapserverConf.parse(text.toString(), "f"), folder.resolve("f"));
      assertThat(read.root().entries()).containsKey("stream");
    }
  }
}
