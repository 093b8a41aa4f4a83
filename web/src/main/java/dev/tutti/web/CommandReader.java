package dev.tutti.web;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;

/** A transport command from the page's words. */
final class CommandReader {
  /** Further than any track is long. */
  private static final int MAX_MS = (int) Duration.ofDays(7).toMillis();

  private CommandReader() {}

  /**
   * @throws HttpException 400 saying what is wrong
   */
  static TransportCommand read(Fields fields) {
    String command = fields.requiredText("command");
    return switch (command) {
      case "play" -> new TransportCommand.Play();
      case "pause" -> new TransportCommand.Pause();
      case "stop" -> new TransportCommand.Stop();
      case "next" -> new TransportCommand.Next();
      case "previous" -> new TransportCommand.Previous();
      case "seek" ->
          new TransportCommand.Seek(
              Duration.ofMillis(fields.requiredInteger("positionMs", 0, MAX_MS)));
      case "seekBy" ->
          new TransportCommand.SeekBy(
              Duration.ofMillis(fields.requiredInteger("offsetMs", -MAX_MS, MAX_MS)));
      case "jump" -> new TransportCommand.Jump(fields.requiredText("trackId"));
      case "shuffle" -> new TransportCommand.SetShuffle(fields.requiredBool("on"));
      case "repeat" -> new TransportCommand.SetRepeat(repeat(fields.requiredText("mode")));
      default ->
          throw new HttpException(
              400,
              "\"command\" must be play, pause, stop, next, previous, seek, seekBy, jump, shuffle"
                  + " or repeat, not \""
                  + command
                  + "\"");
    };
  }

  private static PlayOrder.Repeat repeat(String mode) {
    return switch (mode) {
      case "none" -> PlayOrder.Repeat.NONE;
      case "track" -> PlayOrder.Repeat.TRACK;
      case "all" -> PlayOrder.Repeat.ALL;
      default -> throw new HttpException(400, "\"mode\" must be none, track or all");
    };
  }
}
