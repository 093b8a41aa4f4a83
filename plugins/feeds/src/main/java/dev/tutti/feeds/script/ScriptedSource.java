package dev.tutti.feeds.script;

import dev.tutti.api.Clock;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.PlayerSource;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.process.AllowedPrograms;
import dev.tutti.feeds.process.Arguments;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A live source that a control script speaks for: option {@code controlscript} of its address. */
public final class ScriptedSource implements PlayerSource {
  /**
   * What scripts need of the plugin.
   *
   * @param http the server's own address, which scripts are told
   */
  public record Surroundings(
      AllowedPrograms allowed,
      Posix posix,
      Clock clock,
      Schedule schedule,
      System.Logger log,
      URI http) {}

  private final LiveSource sound;
  private final List<String> command;
  private final Surroundings around;
  private volatile Consumer<PlayerState> listener = state -> {};
  private volatile @Nullable ControlScript script;

  private ScriptedSource(LiveSource sound, List<String> command, Surroundings around) {
    this.sound = sound;
    this.command = command;
    this.around = around;
  }

  /**
   * The source itself, or with the control script its address names.
   *
   * @throws IOException with a sentence for the user if the script is not there or not allowed
   */
  public static LiveSource of(LiveSource sound, SourceRequest request, Surroundings around)
      throws IOException {
    Optional<String> wanted = request.uri().option("controlscript").filter(s -> !s.isBlank());
    if (wanted.isEmpty()) {
      return sound;
    }
    List<String> command = new ArrayList<>();
    command.add(around.allowed().find(wanted.get()).toString());
    command.addAll(Arguments.split(request.uri().option("controlscriptparams").orElse("")));
    command.add("--stream=" + request.streamId());
    URI http = around.http();
    int port = http.getPort() > 0 ? http.getPort() : "https".equals(http.getScheme()) ? 443 : 80;
    command.add("--snapcast-port=" + port);
    command.add("--snapcast-host=" + http.getHost());
    return new ScriptedSource(sound, command, around);
  }

  @Override
  public void capture(AudioWriter writer) throws Exception {
    try (ControlScript running =
        new ControlScript(
            command,
            new ControlScript.Surroundings(
                around.posix(), around.clock(), around.schedule(), around.log()),
            state -> listener.accept(state))) {
      script = running;
      running.start();
      sound.capture(writer);
    }
  }

  @Override
  public void onChange(Consumer<PlayerState> to) {
    listener = to;
  }

  @Override
  public void command(TransportCommand command) throws IOException, InterruptedException {
    ControlScript running = script;
    if (running == null) {
      throw new IOException("the control script is not running yet");
    }
    running.command(command);
  }

  @Override
  public void close() throws IOException {
    sound.close();
  }
}
