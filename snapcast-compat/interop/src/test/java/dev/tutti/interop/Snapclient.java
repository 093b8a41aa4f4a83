package dev.tutti.interop;

import dev.tutti.interop.Recording.Piece;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Debian's unmodified snapclient with its file player: what it would play, as PCM, with the instant
 * each piece was written (reference: protocol section 5.8; every 50 ms a block of 50 ms).
 */
final class Snapclient implements AutoCloseable {
  private static final Pattern COMPLAINT =
      Pattern.compile(
          "Buffer->full|No chunks? available|dropping old chunks|Failed to get chunk"
              + "|\\(Stats\\) Chunk: -?\\d+\\t(-?[1-9]\\d*\\t|0\\t-?[1-9])");

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH-mm-ss.SSS");
  private static final int STAMP_LENGTH = "yyyy-MM-dd HH-mm-ss.SSS".length();

  /** It reports once a second. */
  private static final Duration A_MOMENT = Duration.ofMillis(1500);

  /** As a player in a room has a sound device that asks in time, if this user may have that. */
  private static final List<String> ON_TIME = Peers.mayRun("chrt", "-f", "10");

  private final RecordedProcess process;
  private final Recording recording;
  private volatile int settledLog;

  private Snapclient(RecordedProcess process) {
    this.process = process;
    this.recording = process.recording();
  }

  static Snapclient join(Path dir, int port, String hostId) {
    return join(dir, List.of(), port, hostId);
  }

  /**
   * @param prefix put before the program, such as {@code unshare -T …}
   */
  static Snapclient join(Path dir, List<String> prefix, int port, String hostId) {
    Path program = Peers.require("snapclient");
    List<String> command = new ArrayList<>(ON_TIME);
    command.addAll(prefix);
    command.addAll(
        List.of(
            program.toString(),
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "--hostID",
            hostId,
            "--player",
            "file",
            "--logfilter",
            "*:debug",
            "--logsink",
            "stderr"));
    return new Snapclient(RecordedProcess.start(dir, "snapclient", command));
  }

  /** Everything written so far. */
  byte[] recorded() {
    return recording.bytes();
  }

  List<Piece> pieces() {
    return recording.pieces();
  }

  int bytes() {
    return recording.size();
  }

  /** Whole frames of 16 bits, stereo, written so far. */
  int frames() {
    return bytes() / 4;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.alive();
  }

  /**
   * What snapclient itself says of its clock and its buffer being off since it has settled: jumps,
   * an empty buffer, and once a second, if it is more than 0.1 ms early or late by the median of
   * its last 20 or 100 requests (it then leaves single frames out or plays them twice, reference
   * 5.4). With its file player that is so after its own timer was more than a period of 50 ms late,
   * which it never makes up for (reference 5.8).
   */
  List<String> complaints() {
    return log().substring(settledLog).lines().filter(COMPLAINT.asPredicate()).toList();
  }

  /** From now on what it says of being off counts. */
  Snapclient settled() {
    settledLog = log().length();
    return this;
  }

  /** Whether it says so of the moment when it wrote a frame of the recording. */
  boolean saysItWasOffAt(int frame) {
    long agoNanos = System.nanoTime() - heardNanos(frame);
    LocalDateTime then = LocalDateTime.now(ZoneId.systemDefault()).minusNanos(agoNanos);
    return complaints().stream()
        .map(line -> LocalDateTime.parse(line.substring(0, STAMP_LENGTH), STAMP))
        .anyMatch(said -> Duration.between(said, then).abs().compareTo(A_MOMENT) < 0);
  }

  /**
   * When a frame of the recording is heard, on this machine's clock: the file player's device is 10
   * ms away (reference 5.8).
   */
  long heardNanos(int frame) {
    Piece in = null;
    for (Piece piece : pieces()) {
      if (piece.offset() > frame * 4) {
        break;
      }
      in = piece;
    }
    if (in == null) {
      throw new AssertionError("nothing was recorded");
    }
    return in.writtenNanos() + 10_000_000 + (frame - in.offset() / 4) * 1_000_000_000L / 48_000;
  }

  String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
