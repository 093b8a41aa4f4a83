package dev.tutti.player.device;

import dev.tutti.audio.codec.UnreadableAudio;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.player.status.Statuses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A device that only remembers what it was told; what begins with "sound" can be played. */
final class FakeDevice implements Device {
  volatile PlayerStatus status = Statuses.playing(1);
  volatile boolean stopped;
  volatile int plays;
  volatile String own = "";

  @Override
  public PlayerStatus status() {
    return status;
  }

  @Override
  public String id() {
    return "pi-audio-01";
  }

  @Override
  public void play() {
    plays++;
    stopped = false;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public void volume(int percent) {
    status = Statuses.withVolume(status, percent);
  }

  @Override
  public boolean wantsFallback() {
    return true;
  }

  @Override
  public boolean hasFallback() {
    return true;
  }

  @Override
  public boolean isInStep() {
    return own.isEmpty();
  }

  @Override
  public double own(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("sound")) {
      throw new UnreadableAudio(file, "is in no audio format known here");
    }
    own = text;
    return 1.25;
  }

  @Override
  public boolean giveUpOwn() {
    boolean was = !own.isEmpty();
    own = "";
    return was;
  }
}
