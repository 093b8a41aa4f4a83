package dev.tutti.audio.codec;

import java.io.IOException;
import java.nio.file.Path;

/** A file that cannot be played, and why: {@code song.mp3: holds no MPEG audio frames}. */
public final class UnreadableAudio extends IOException {
  private final Path file;
  private final String reason;

  /**
   * @param reason what is wrong, readable after the file's name and a colon
   */
  public UnreadableAudio(Path file, String reason) {
    super(file + ": " + reason);
    this.file = file;
    this.reason = reason;
  }

  public UnreadableAudio(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
    this.file = file;
    this.reason = reason;
  }

  public Path file() {
    return file;
  }

  /** Without the file's name. */
  public String reason() {
    return reason;
  }
}
