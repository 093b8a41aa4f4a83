package dev.tutti.snapcast.control;

import dev.tutti.api.access.Scope;
import dev.tutti.api.audio.PlayOrder.Repeat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Kind;
import dev.tutti.snapcast.control.Fanout.Caller;
import dev.tutti.snapcast.control.Method.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code Stream.*}. What a command changes is told to everybody, the requester too. */
final class StreamMethods {
  private static final Outcome OK = Outcome.of(Json.from("ok"));

  /** Longer than any track; keeps the arithmetic in range. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(10_000_000);

  private final Streams streams;
  private final StreamRules rules;

  StreamMethods(Streams streams, StreamRules rules) {
    this.streams = streams;
    this.rules = rules;
  }

  List<Method> all() {
    return List.of(
        Method.of("Stream.Control", Scope.CONTROL, "Plays, pauses, skips, seeks", this::control),
        Method.of(
            "Stream.SetProperty", Scope.CONTROL, "Sets shuffle and repeat", this::setProperty),
        Method.of("Stream.AddStream", Scope.CONTROL, "Adds a stream", this::addStream),
        Method.of("Stream.RemoveStream", Scope.CONTROL, "Removes a stream", this::removeStream));
  }

  private Outcome control(Params params, Caller origin) throws RpcError {
    StreamStatus status = require(params.text("id"));
    String name = params.text("command");
    Optional<Params> arguments = params.optionalObject("params");
    TransportCommand command =
        switch (name) {
          case "play" -> allowed(status, Kind.PLAY, new TransportCommand.Play());
          case "pause" -> allowed(status, Kind.PAUSE, new TransportCommand.Pause());
          case "playPause" -> playPause(status);
          case "stop" -> allowed(status, Kind.STOP, new TransportCommand.Stop());
          case "next" -> allowed(status, Kind.NEXT, new TransportCommand.Next());
          case "previous" -> allowed(status, Kind.PREVIOUS, new TransportCommand.Previous());
          case "seek" -> {
            Duration offset = seconds(arguments, "offset", "Seek requires parameter 'offset'");
            yield allowed(status, Kind.SEEK, new TransportCommand.SeekBy(offset));
          }
          case "setPosition" -> {
            Duration position =
                seconds(arguments, "position", "setPosition requires parameter 'position'");
            Duration inTrack = position.isNegative() ? Duration.ZERO : position;
            yield allowed(status, Kind.SEEK, new TransportCommand.Seek(inTrack));
          }
          default -> throw RpcError.invalidParams("Command '" + name + "' not supported");
        };
    return give(status.id(), command);
  }

  /** As snapserver: it needs canPause, and says canPlay where that is missing. */
  private static TransportCommand playPause(StreamStatus status) throws RpcError {
    if (!status.can().contains(Kind.PAUSE)) {
      throw lacking(Kind.PLAY);
    }
    return status.playback() == Playback.PLAYING
        ? new TransportCommand.Pause()
        : new TransportCommand.Play();
  }

  private static TransportCommand allowed(StreamStatus status, Kind kind, TransportCommand command)
      throws RpcError {
    if (!status.can().contains(kind)) {
      throw lacking(kind);
    }
    return command;
  }

  private static RpcError lacking(Kind kind) {
    return switch (kind) {
      case NEXT -> lacking(2, "canGoNext");
      case PREVIOUS -> lacking(3, "canGoPrevious");
      case PLAY -> lacking(4, "canPlay");
      case PAUSE -> lacking(5, "canPause");
      case SEEK -> lacking(6, "canSeek");
      case STOP, JUMP, ORDER, PLAYER -> lacking(7, "canControl");
    };
  }

  private static RpcError lacking(int code, String property) {
    return RpcError.refused(code, "Stream property " + property + " is false");
  }

  private static Duration seconds(Optional<Params> arguments, String name, String whenMissing)
      throws RpcError {
    if (arguments.filter(a -> a.has(name)).isEmpty()) {
      throw RpcError.missingArgument(whenMissing);
    }
    BigDecimal limited = arguments.get().number(name).min(MAX_SECONDS).max(MAX_SECONDS.negate());
    return Duration.ofNanos(limited.movePointRight(9).longValue());
  }

  private Outcome setProperty(Params params, Caller origin) throws RpcError {
    StreamStatus status = require(params.text("id"));
    String property = params.text("property");
    Json value = params.require("value");
    return switch (property) {
      case "loopStatus" -> {
        Repeat repeat = repeat(params.text("value"));
        yield order(status, new TransportCommand.SetRepeat(repeat));
      }
      case "shuffle" -> {
        if (!(value instanceof Json.Bool shuffle)) {
          throw RpcError.invalidParams("Value for shuffle must be bool");
        }
        yield order(status, new TransportCommand.SetShuffle(shuffle.value()));
      }
      case "volume", "rate", "mute" -> give(status.id(), ofPlayer(status, property, value));
      default -> throw notSupported(property);
    };
  }

  private Outcome order(StreamStatus status, TransportCommand command) throws RpcError {
    return give(status.id(), allowed(status, Kind.ORDER, command));
  }

  private static Repeat repeat(String name) throws RpcError {
    return switch (name) {
      case "none" -> Repeat.NONE;
      case "track" -> Repeat.TRACK;
      case "playlist" -> Repeat.ALL;
      default ->
          throw RpcError.invalidParams(
              "Value for loopStatus must be one of 'none', 'track', 'playlist'");
    };
  }

  /** What only the player behind a stream has; a stream without one has no such property. */
  private static TransportCommand ofPlayer(StreamStatus status, String property, Json value)
      throws RpcError {
    TransportCommand command =
        switch (property) {
          case "volume" -> {
            expect(isWhole(value), property, "an int");
            long percent = ((Json.Num) value).value().longValue();
            yield new TransportCommand.SetVolume(Math.clamp(percent, 0, 100));
          }
          case "rate" -> {
            expect(isFloat(value), property, "float");
            yield new TransportCommand.SetRate(((Json.Num) value).value().doubleValue());
          }
          default -> {
            expect(value instanceof Json.Bool, property, "bool");
            yield new TransportCommand.SetMute(((Json.Bool) value).value());
          }
        };
    if (!status.can().contains(Kind.PLAYER)) {
      throw notSupported(property);
    }
    return command;
  }

  private static void expect(boolean valid, String property, String expected) throws RpcError {
    if (!valid) {
      throw RpcError.invalidParams("Value for " + property + " must be " + expected);
    }
  }

  private static RpcError notSupported(String property) {
    return RpcError.invalidParams("Property '" + property + "' not supported");
  }

  private static boolean isWhole(Json value) {
    return value instanceof Json.Num number && number.value().scale() == 0;
  }

  private static boolean isFloat(Json value) {
    return value instanceof Json.Num && !isWhole(value);
  }

  private Outcome addStream(Params params, Caller origin) throws RpcError {
    String text = params.text("streamUri");
    try {
      SourceUri uri = rules.check(SourceUri.parse(text));
      String name = uri.option("name").orElse("");
      if (streams.find(name).isPresent()) {
        throw RpcError.internal("Stream with name \"" + name + "\" already exists");
      }
      return Outcome.of(Json.of("id", streams.add(uri).id()));
    } catch (IllegalArgumentException e) {
      throw RpcError.internal(e.getMessage());
    }
  }

  /** As snapserver: what is not there counts as removed. */
  private Outcome removeStream(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    try {
      streams.remove(id);
    } catch (IllegalArgumentException e) {
      throw RpcError.internal(e.getMessage());
    }
    return Outcome.of(Json.of("id", id));
  }

  private StreamStatus require(String id) throws RpcError {
    return streams.find(id).orElseThrow(() -> RpcError.internal("Stream not found"));
  }

  private Outcome give(String streamId, TransportCommand command) throws RpcError {
    return switch (streams.command(streamId, command)) {
      case CommandResult.Accepted accepted -> OK;
      case CommandResult.Refused refused ->
          throw switch (refused.why()) {
            case NO_SUCH_STREAM -> RpcError.internal("Stream not found");
            case NOT_CONTROLLABLE -> RpcError.refused(1, "Stream can not be controlled");
            case NOT_NOW, FAILED -> RpcError.internal(refused.reason());
          };
    };
  }
}
