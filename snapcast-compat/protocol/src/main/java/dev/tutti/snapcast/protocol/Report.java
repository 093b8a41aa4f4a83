package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Type 1001, player to server, an extension: how a player does. Only for servers that answered its
 * {@link PlayerExtension}. Sent every two seconds or so; each replaces the one before.
 *
 * @param playing whether sound is being played, not only silence
 * @param errorMicros how much too early the sound is, as far as the player can know; negative is
 *     late
 * @param likelyMicros what the player cannot know (clock and device) is usually within this; −1
 *     while nothing is known
 * @param boundMicros the clock's error is certainly within this; −1 while nothing is known
 * @param driftPpb how much faster than the player's clock the server's runs, in parts per billion
 * @param devicePpb how much faster than the player's clock the device runs
 * @param steeringPpb how much faster than the device the sound is played at present
 * @param bufferMs how long it could play on if nothing more came
 * @param underruns how often sound ended because nothing more was there, since the player began
 * @param resyncs how often only a jump helped
 * @param deviceBreaks how often the device stopped or jumped
 * @param lateChunks how many chunks came too late to be played
 * @param deviceDelayMicros from handing a frame to the device to hearing it
 * @param roundTripMicros the usual way there and back; −1 while nothing is known
 * @param output the device and how it was set up, for people
 * @param software the program and what it runs on, with versions, for people
 * @param fallback what it plays when the server is gone, and how often it had to
 */
public record Report(
    boolean playing,
    int errorMicros,
    int likelyMicros,
    int boundMicros,
    int driftPpb,
    int devicePpb,
    int steeringPpb,
    int bufferMs,
    int underruns,
    int resyncs,
    int deviceBreaks,
    int lateChunks,
    int deviceDelayMicros,
    int roundTripMicros,
    String output,
    String software,
    Fallback fallback)
    implements Message {
  /**
   * How a player gets over what its server or the route cannot do.
   *
   * @param mode what it plays: {@code stream}, {@code fallback} or {@code stopped}; empty if it
   *     does not say
   * @param ready whether there is something to play when the server is gone
   * @param degraded whether it plays on from what is in hand, because the connection is lost
   * @param switches how often it crossed over to the fallback, since it began
   * @param playedSeconds how long it played that, all in all
   * @param errorMicros how far that may be off what other rooms play; −1 while nothing is known
   */
  public record Fallback(
      String mode,
      boolean ready,
      boolean degraded,
      int switches,
      int playedSeconds,
      int errorMicros) {
    /** It says nothing of it. */
    public static final Fallback NONE = new Fallback("", false, false, 0, 0, -1);

    static final Set<String> MODES = Set.of("", "stream", "fallback", "stopped");
  }

  /** One that says nothing of a fallback. */
  public Report(
      boolean playing,
      int errorMicros,
      int likelyMicros,
      int boundMicros,
      int driftPpb,
      int devicePpb,
      int steeringPpb,
      int bufferMs,
      int underruns,
      int resyncs,
      int deviceBreaks,
      int lateChunks,
      int deviceDelayMicros,
      int roundTripMicros,
      String output,
      String software) {
    this(
        playing,
        errorMicros,
        likelyMicros,
        boundMicros,
        driftPpb,
        devicePpb,
        steeringPpb,
        bufferMs,
        underruns,
        resyncs,
        deviceBreaks,
        lateChunks,
        deviceDelayMicros,
        roundTripMicros,
        output,
        software,
        Fallback.NONE);
  }

  public static final int TYPE = FIRST_EXTENSION + 1;

  /** Times beyond this many microseconds, 1000 s, are absurd. */
  public static final int MAX_MICROS = 1_000_000_000;

  /** Rates beyond this, one percent, are absurd. */
  public static final int MAX_PPB = 10_000_000;

  /** So is a buffer of more than a day. */
  public static final int MAX_BUFFER_MS = 86_400_000;

  /** So are texts of more characters. */
  public static final int MAX_TEXT = 256;

  /** A report is about 400 bytes. */
  private static final int MAX_BYTES = 4096;

  static Report decode(ByteBuffer in) throws ProtocolException {
    if (in.remaining() > MAX_BYTES) {
      throw new ProtocolException(
          "Report has " + in.remaining() + " bytes, more than " + MAX_BYTES);
    }
    JsonPayload json = JsonPayload.decode(in, "Report");
    return new Report(
        json.flag("playing", false),
        number(json, "errorMicros", -MAX_MICROS, MAX_MICROS),
        number(json, "likelyMicros", -1, MAX_MICROS),
        number(json, "boundMicros", -1, MAX_MICROS),
        number(json, "driftPpb", -MAX_PPB, MAX_PPB),
        number(json, "devicePpb", -MAX_PPB, MAX_PPB),
        number(json, "steeringPpb", -MAX_PPB, MAX_PPB),
        number(json, "bufferMs", 0, MAX_BUFFER_MS),
        number(json, "underruns", 0, Integer.MAX_VALUE),
        number(json, "resyncs", 0, Integer.MAX_VALUE),
        number(json, "deviceBreaks", 0, Integer.MAX_VALUE),
        number(json, "lateChunks", 0, Integer.MAX_VALUE),
        number(json, "deviceDelayMicros", 0, MAX_MICROS),
        number(json, "roundTripMicros", -1, MAX_MICROS),
        text(json, "output"),
        text(json, "software"),
        fallback(json));
  }

  /** Of what players of an earlier version do not say, nothing is known. */
  private static Fallback fallback(JsonPayload json) throws ProtocolException {
    String mode = json.text("mode", "");
    if (!Fallback.MODES.contains(mode)) {
      throw new ProtocolException("Report has a mode that is none");
    }
    return new Fallback(
        mode,
        json.flag("fallbackReady", false),
        json.flag("degraded", false),
        number(json, "switches", 0, 0, Integer.MAX_VALUE),
        number(json, "fallbackSeconds", 0, 0, Integer.MAX_VALUE),
        number(json, "fallbackErrorMicros", -1, -1, MAX_MICROS));
  }

  private static int number(JsonPayload json, String name, int otherwise, int least, int most)
      throws ProtocolException {
    return json.has(name) ? number(json, name, least, most) : otherwise;
  }

  private static int number(JsonPayload json, String name, int least, int most)
      throws ProtocolException {
    int value = json.number(name, Integer.MIN_VALUE);
    if (value < least || value > most) {
      throw new ProtocolException(
          "Report lacks a number from " + least + " to " + most + " as " + name);
    }
    return value;
  }

  private static String text(JsonPayload json, String name) throws ProtocolException {
    String text = json.text(name, "");
    if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw new ProtocolException(
          "Report has more than " + MAX_TEXT + " characters, or none of text, as " + name);
    }
    return text;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return JsonPayload.encode(out ->
        out.writeBooleanProperty("playing", playing)
            .writeNumberProperty("errorMicros", errorMicros)
            .writeNumberProperty("likelyMicros", likelyMicros)
            .writeNumberProperty("boundMicros", boundMicros)
            .writeNumberProperty("driftPpb", driftPpb)
            .writeNumberProperty("devicePpb", devicePpb)
            .writeNumberProperty("steeringPpb", steeringPpb)
            .writeNumberProperty("bufferMs", bufferMs)
            .writeNumberProperty("underruns", underruns)
            .writeNumberProperty("resyncs", resyncs)
            .writeNumberProperty("deviceBreaks", deviceBreaks)
            .writeNumberProperty("lateChunks", lateChunks)
            .writeNumberProperty("deviceDelayMicros", deviceDelayMicros)
            .writeNumberProperty("roundTripMicros", roundTripMicros)
            .writeStringProperty("output", output)
            .writeStringProperty("software", software)
            .writeStringProperty("mode", fallback.mode())
            .writeBooleanProperty("fallbackReady", fallback.ready())
            .writeBooleanProperty("degraded", fallback.degraded())
            .writeNumberProperty("switches", fallback.switches())
            .writeNumberProperty("fallbackSeconds", fallback.playedSeconds())
            .writeNumberProperty("fallbackErrorMicros", fallback.errorMicros()));
  }
}
