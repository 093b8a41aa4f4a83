package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A home with Snapcast keeps its file: a program with a control script and a meta stream over it,
 * heard through an unmodified snapclient (issue 3 items 3, 4, 10).
 */
class SnapserverHomeTest {
  private static final String KITCHEN = "02:00:00:00:00:01";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path dir;

  private Path script(String name, String body) throws IOException {
    Path file = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Json> streams(TuttiProcess tutti) {
    return tutti
        .rpc("Server.GetStatus", Json.of())
        .get("server")
        .flatMap(s -> s.get("streams"))
        .orElseThrow()
        .items();
  }

  private static Json properties(TuttiProcess tutti, int stream) {
    return streams(tutti).get(stream).get("properties").orElseThrow();
  }

  private static int peak(Snapclient client) {
    byte[] pcm = client.recorded();
    int peak = 0;
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      peak = Math.max(peak, Math.abs((pcm[i] & 0xff) | (pcm[i + 1] << 8)));
    }
    return peak;
  }

  @Test
  void itsStreamsPlayUnderTheirScriptsAndWhatCannotBeKeptIsNamed() throws IOException {
    // Loud noise, as long as somebody reads it.
    Path program = script("radio", "exec cat /dev/urandom");
    Path control =
        script(
            "radio-control",
            "echo '{\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Ready\"}'\n"
                + "while read line; do\n"
                + "  id=${line#*:}; id=${id%%,*}\n"
                + "  case $line in\n"
                + "  *GetProperties*) echo '{\"jsonrpc\":\"2.0\",\"id\":'$id',\"result\":"
                + "{\"canControl\":true,\"canGoNext\":true,\"playbackStatus\":\"playing\","
                + "\"volume\":80,\"metadata\":{\"title\":\"Noise\",\"artist\":[\"Chance\"]}}}';;\n"
                + "  *) echo \"$line\" >> '"
                + dir
                + "/commands'; echo '{\"jsonrpc\":\"2.0\",\"id\":'$id',\"result\":\"ok\"}';;\n"
                + "  esac\n"
                + "done\n");
    Path conf =
        Files.writeString(
            dir.resolve("snapserver.conf"),
            """
            [server]
            threads = 4
            [stream]
            buffer = 600
            codec = pcm
            source = meta:///doorbell/radio?name=all
            source = pipe://%s?name=doorbell
            source = process://%s?name=radio&controlscript=%s
            [streaming_client]
            initial_volume = 73
            """
                .formatted(dir.resolve("doorbell"), program, control));

    try (TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), "--snapserver-conf=" + conf);
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), KITCHEN)) {
      assertThat(tutti.log()).contains("snapserver.conf, line 2: [server] threads");
      Awaitility.await("the program is heard through the meta stream")
          .atMost(PATIENCE)
          .until(() -> peak(client) > 10_000);
      Awaitility.await("what the script says is shown, on the meta stream too")
          .atMost(PATIENCE)
          .until(() ->
              properties(tutti, 0).toString().contains("\"title\":\"Noise\"")
                  && properties(tutti, 2).toString().contains("\"volume\":80"));
      tutti.rpc("Stream.Control", Json.of("id", "all", "command", "next"));
      assertThat(Files.readString(dir.resolve("commands"))).contains("\"command\":\"next\"");
      assertThat(tutti.rpc("Server.GetStatus", Json.of()).toString()).contains("\"percent\":73");
    }
  }
}
