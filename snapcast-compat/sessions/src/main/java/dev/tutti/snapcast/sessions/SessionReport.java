package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Report;
import java.util.Optional;

/**
 * How one connection does.
 *
 * @param clientId empty before its Hello
 * @param feed what it hears: the stream, and whether mixed for it; empty if nothing
 * @param codec of that feed
 * @param connectedMicros how long it is there
 * @param waitingBytes messages other than chunks that wait for room
 * @param waitingChunks chunks that are due and not on their way
 * @param stuckMicros how long it has taken nothing; 0 if it takes
 * @param droppedChunks chunks left out because they would have come too late
 * @param roundTripMicros at most so long is the way there and back: the shortest time in which a
 *     reply brought the next request; −1 until there was one
 * @param replyAgeMicros how long the last Time request waited for its reply
 * @param worstReplyAgeMicros the longest so far
 * @param sinceTimeMicros how long ago the last Time request came
 * @param player what the client says of itself; only Tutti's players do
 */
public record SessionReport(
    String clientId,
    String hostName,
    String software,
    String address,
    String feed,
    String codec,
    long bufferMs,
    boolean muted,
    long connectedMicros,
    long waitingBytes,
    long waitingChunks,
    long stuckMicros,
    long droppedChunks,
    long roundTripMicros,
    long replyAgeMicros,
    long worstReplyAgeMicros,
    long sinceTimeMicros,
    Optional<FromPlayer> player) {
  /**
   * What a player said of itself.
   *
   * @param ageMicros how long ago it said so
   * @param needsMore whether its route is so uneven that it should hold more than there is, as of a
   *     live source without a delay
   */
  public record FromPlayer(Report report, long ageMicros, boolean needsMore) {
    /** Whether it plays, but the next trouble may be heard. */
    public boolean degraded() {
      return (needsMore && report.playing()) || report.fallback().degraded();
    }
  }
}
