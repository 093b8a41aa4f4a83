package dev.tutti.player.status;

import dev.tutti.snapcast.protocol.Report;
import java.util.Optional;

/**
 * How a player on this machine does.
 *
 * @param instance tells several players on one machine apart
 * @param pid of its process
 * @param uptimeMs since it began
 * @param connected whether a server serves it now
 * @param connectedMs since when; 0 if none does
 * @param tutti whether that server takes its reports
 * @param server the last that served it; empty before the first
 * @param stream codec and format of what is sent, or why that cannot be played; empty before that
 * @param bufferMs from capture to being heard, as the server says
 * @param latencyMs how much earlier than that this player is to play, as the server says
 * @param sinceTakenMs how long ago the device took sound or silence; −1 if it never did
 * @param fallback what is played when the server is gone, and how often it was
 * @param holdoverErrorMicros the fallback is, or would be, within this of where all rooms are to
 *     be, as a server that is gone is not asked for the time; −1 if there is no fallback, or no
 *     clock
 * @param needsMore whether its server says that its route is so uneven that it should hold more
 *     than there is, as of a live source
 * @param report what a Tutti server is told every two seconds, as of now
 */
public record PlayerStatus(
    int instance,
    long pid,
    long uptimeMs,
    boolean connected,
    long connectedMs,
    boolean tutti,
    String server,
    String stream,
    int bufferMs,
    int latencyMs,
    int volumePercent,
    boolean muted,
    long sinceTakenMs,
    Fallback fallback,
    int holdoverErrorMicros,
    boolean needsMore,
    Report report)
    implements LocalStatus {
  /**
   * What is played when the server is gone.
   *
   * @param mode what is played now: stream, fallback or stopped
   * @param switches how often the fallback was entered
   * @param playedMs how long it was played, all in all
   * @param sound what it is, for people, and whether this room is in step with others while it
   *     plays; empty if there is none
   */
  public record Fallback(String mode, int switches, long playedMs, String sound) {
    /** Nothing is. */
    public static final Fallback NONE = new Fallback("", 0, 0, "");
  }

  /** Rooms that are so far apart may be heard to be. */
  public static final int APART_MICROS = 20_000;

  /** Nothing is known. */
  public static final int UNKNOWN = -1;

  /** A device that takes nothing for so long has stopped. */
  private static final int STOPPED_MS = 5_000;

  /** Sound that is there for so long, and is not played, will not be. */
  private static final int BEGINNING_MS = 5_000;

  /**
   * Why it neither plays nor rightly rests, in one sentence; nothing if all is well. It rests
   * rightly while its server sends nothing: the stream is idle, or the room is muted.
   */
  @Override
  public Optional<String> complaint() {
    if (!connected) {
      return Optional.of(
          "no server serves it"
              + (server.isEmpty() ? "" : " since " + server + " was lost")
              + "; it has "
              + report.bufferMs()
              + " ms of sound in hand"
              + (fallback.mode().equals("fallback") ? "; it plays its fallback" + apart() : ""));
    }
    boolean sound = report.playing() || report.bufferMs() > 0;
    boolean stuck = sinceTakenMs > STOPPED_MS || (sinceTakenMs < 0 && begun());
    if (sound && stuck) {
      return Optional.of("its device takes no sound: " + report.output());
    }
    if (sound && !report.playing() && begun()) {
      return Optional.of("what the server sends is not played: " + stream);
    }
    return Optional.empty();
  }

  /** Whether it plays, but the next trouble may be heard; its server shows the same. */
  public boolean degraded() {
    return thin() || report.fallback().degraded();
  }

  /** Whether that is because there is no more of what it plays to be had. */
  public boolean thin() {
    return needsMore && report.playing();
  }

  private String apart() {
    return holdoverErrorMicros > APART_MICROS
        ? ", which may be more than 20 ms off that of other rooms"
        : "";
  }

  private boolean begun() {
    return connectedMs > BEGINNING_MS;
  }
}
