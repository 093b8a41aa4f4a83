package dev.tutti.player.session;

import org.jspecify.annotations.Nullable;

/**
 * How much a server may say before it is taken for broken. Real servers stay far below; what goes
 * beyond costs only this machine's time and log. Each method gives the sentence to part with, or
 * null while all is well. For the session's thread.
 */
final class Trust {
  private static final long WINDOW_MICROS = 10_000_000;

  /** A minute of sound at once in chunks of 5 ms, and all that follows. */
  private static final int MOST_MESSAGES = 30_000;

  /** Somebody drags a volume, and we ask for the time a hundred times a second. */
  private static final int MOST_WORDS = 4_000;

  private static final long STREAMS_WINDOW_MICROS = 60_000_000;
  private static final int MOST_STREAMS = 30;
  private static final int MOST_JUMPS = 10;

  /** A Vorbis header with its code books has some 5 kB. */
  private static final int MAX_HEADER_BYTES = 65_536;

  private final Window messages = new Window(WINDOW_MICROS, MOST_MESSAGES);
  private final Window words = new Window(WINDOW_MICROS, MOST_WORDS);
  private final Window streams = new Window(STREAMS_WINDOW_MICROS, MOST_STREAMS);
  private final Window jumps = new Window(STREAMS_WINDOW_MICROS, MOST_JUMPS);

  /** Counts within a stretch of time. */
  private static final class Window {
    private final long micros;
    private final int most;
    private long beganAt = Long.MIN_VALUE;
    private int count;

    Window(long micros, int most) {
      this.micros = micros;
      this.most = most;
    }

    void clear() {
      beganAt = Long.MIN_VALUE;
    }

    /** Whether it is still within what is allowed. */
    boolean allows(long nowMicros) {
      if (beganAt == Long.MIN_VALUE || nowMicros - beganAt >= micros) {
        beganAt = nowMicros;
        count = 0;
      }
      return ++count <= most;
    }
  }

  /** A new connection; changes of stream and jumps of the clock are counted over all of them. */
  void connected() {
    messages.clear();
    words.clear();
  }

  /**
   * A message came.
   *
   * @param sound whether it is a chunk
   */
  @Nullable String message(boolean sound, long nowMicros) {
    boolean fair = messages.allows(nowMicros) && (sound || words.allows(nowMicros));
    return fair ? null : "the server floods us with messages";
  }

  /** A stream was announced that is not the one before. */
  @Nullable String stream(int headerBytes, long nowMicros) {
    if (headerBytes > MAX_HEADER_BYTES) {
      return "the server announces a stream with a header of "
          + headerBytes
          + " bytes, more than "
          + MAX_HEADER_BYTES;
    }
    return streams.allows(nowMicros) ? null : "the server announces another stream again and again";
  }

  /** Its clock jumped. */
  @Nullable String jump(long nowMicros) {
    return jumps.allows(nowMicros) ? null : "the server's clock jumps again and again";
  }
}
