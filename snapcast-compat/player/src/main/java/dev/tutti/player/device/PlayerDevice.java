package dev.tutti.player.device;

import dev.tutti.player.shell.Player;
import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.status.PlayerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A real player as a device. Any thread. */
public final class PlayerDevice implements Device, AutoCloseable {
  /** Of Snapcast's control API, where the audio is elsewhere than usual. */
  private static final int CONTROL_PORT = 1705;

  private final Player player;
  private final ServerVolume serverVolume;

  public PlayerDevice(Player player) {
    this.player = player;
    this.serverVolume = new ServerVolume(this::server);
  }

  /** A Tutti takes control at the port of its audio, too; others usually at the next one. */
  private Optional<ServerVolume.Place> server() {
    PlayerStatus status = player.status();
    return player
        .server()
        .filter(_ -> status.connected())
        .map(at ->
            new ServerVolume.Place(
                at.host(), controlPort(at, status.tutti()), player.id(), status.muted()));
  }

  private static int controlPort(ServerAddress at, boolean tutti) {
    if (at.scheme().web()) {
      return CONTROL_PORT;
    }
    return tutti ? at.port() : at.port() + 1;
  }

  @Override
  public PlayerStatus status() {
    return player.status();
  }

  @Override
  public String id() {
    return player.id();
  }

  @Override
  public void play() {
    player.play();
  }

  @Override
  public void stop() {
    player.stop();
  }

  @Override
  public boolean isStopped() {
    return player.isStopped();
  }

  @Override
  public void volume(int percent) {
    player.volume(percent);
    serverVolume.tell(percent);
  }

  @Override
  public boolean wantsFallback() {
    return player.fallback().isWanted();
  }

  @Override
  public boolean hasFallback() {
    return player.fallback().exists();
  }

  @Override
  public boolean isInStep() {
    return player.fallback().isInStep();
  }

  @Override
  public double own(Path file) throws IOException {
    return player.fallback().own().install(file).seconds();
  }

  @Override
  public boolean giveUpOwn() throws IOException {
    return player.fallback().own().remove();
  }

  @Override
  public void close() {
    serverVolume.close();
  }
}
