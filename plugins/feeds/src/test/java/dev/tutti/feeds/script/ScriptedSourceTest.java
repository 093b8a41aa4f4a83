package dev.tutti.feeds.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.PlayerSource;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.feeds.Capture;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.process.AllowedPrograms;
import dev.tutti.feeds.process.Threads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real control scripts. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ScriptedSourceTest {
  private static final String READY =
      "echo '{\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Ready\"}'; read ask;"
          + "echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"canControl\":true,\"canGoNext\":true,\"metadata\":{\"title\":\"Song\"}}}';";

  @TempDir private Path folder;
  private final List<PlayerState> states = new CopyOnWriteArrayList<>();

  private static final class Quiet implements LiveSource {
    @Override
    public void capture(AudioWriter writer) throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private LiveSource source(String options) throws IOException {
    SourceUri uri = SourceUri.parse("pipe:///x?" + options);
    return ScriptedSource.of(
        new Quiet(),
        new SourceRequest(uri, SampleFormat.DEFAULT, "radio"),
        new ScriptedSource.Surroundings(
            new AllowedPrograms(List.of(folder), "plugins.feeds.control-scripts", List.of()),
            Posix.ofSystem(),
            () -> 0,
            new Threads(),
            System.getLogger("script"),
            URI.create("http://attic:1780")));
  }

  private PlayerSource player(String options) throws IOException {
    PlayerSource player = (PlayerSource) source(options);
    player.onChange(states::add);
    return player;
  }

  @Test
  void aStreamWithoutScriptIsAsItWas() throws IOException {
    assertThat(source("name=x")).isInstanceOf(Quiet.class);
  }

  @Test
  void whatAScriptSaysIsShownAndItIsToldWhereTheServerIs() throws Exception {
    script("mpd.sh", "echo \"$@\" > args; ".replace("args", folder + "/args") + READY + "read end");
    try (Capture capture =
        new Capture(
            player("controlscript=mpd.sh&controlscriptparams=--loud 'a b'"),
            SampleFormat.DEFAULT)) {
      await().until(() -> !states.isEmpty());
      assertThat(states.getFirst().track().title()).isEqualTo("Song");
      assertThat(folder.resolve("args"))
          .hasContent("--loud a b --stream=radio --snapcast-port=1780 --snapcast-host=attic");
      assertThat(capture.ended()).isNull();
    }
  }

  @Test
  void aCommandReachesTheScriptAndItsAnswerTheListener() throws Exception {
    script(
        "p.sh",
        READY
            + "read cmd; echo \"$cmd\" > "
            + folder
            + "/cmd;"
            + "echo '{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":1,\"data\":\"no next\"}}'; read end");
    PlayerSource player = player("controlscript=p.sh");
    try (Capture capture = new Capture(player, SampleFormat.DEFAULT)) {
      await().until(() -> !states.isEmpty());
      assertThatThrownBy(() -> player.command(new TransportCommand.Next())).hasMessage("no next");
      assertThat(Files.readString(folder.resolve("cmd"))).contains("\"command\":\"next\"");
      assertThat(capture.ended()).isNull();
    }
  }

  @Test
  void aScriptThatEndsIsStartedAgain() throws Exception {
    script("short.sh", READY);
    try (Capture capture = new Capture(player("controlscript=short.sh"), SampleFormat.DEFAULT)) {
      await().until(() -> states.size() >= 2);
      assertThat(capture.ended()).isNull();
    }
  }

  @Test
  void aScriptEndsWithItsStream() throws Exception {
    script(
        "long.sh",
        "echo $$ > " + folder + "/pid; " + READY + "while read x; do :; done; sleep 300");
    Capture capture = new Capture(player("controlscript=long.sh"), SampleFormat.DEFAULT);
    await().until(() -> !states.isEmpty());
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(capture.endsWhenInterrupted()).isTrue();
    await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aScriptElsewhereIsNotStarted() {
    assertThatThrownBy(() -> source("controlscript=/bin/sh"))
        .hasMessageContaining("plugins.feeds.control-scripts");
  }
}
