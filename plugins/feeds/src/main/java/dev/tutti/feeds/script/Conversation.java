package dev.tutti.feeds.script;

import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.TransportCommand;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a control script and the server say to each other: JSON-RPC 2.0, a line each (reference:
 * protocol section 9.3). Without I/O: lines come and go as text. Thread-safe.
 */
final class Conversation {
  /** Who hears what the script says. */
  interface Listener {
    void state(PlayerState state);

    void log(String severity, String message);
  }

  private final Consumer<String> send;
  private final Listener listener;
  private final Map<Long, CompletableFuture<Json>> pending = new HashMap<>();
  private Json.Obj metadata = Json.of();
  private long lastId;
  private volatile long heardAt;

  /**
   * @param send takes a line without its end
   */
  Conversation(Consumer<String> send, Listener listener) {
    this.send = send;
    this.listener = listener;
  }

  /**
   * Hears a line of the script.
   *
   * @throws IllegalArgumentException with a sentence if it is not understood
   */
  void hear(String line, long nowMicros) {
    heardAt = nowMicros;
    Json message = Json.parse(line);
    if (message.get("method").isPresent()) {
      notified(message);
      return;
    }
    CompletableFuture<Json> question;
    synchronized (this) {
      question = message.number("id").map(id -> pending.remove(id.longValue())).orElse(null);
    }
    if (question == null) {
      throw new IllegalArgumentException("an answer to nothing that was asked");
    }
    if (message.get("error").isPresent()) {
      question.completeExceptionally(new IOException(error(message.get("error").get())));
    } else {
      question.complete(message.get("result").orElse(Json.Null.VALUE));
    }
  }

  private void notified(Json message) {
    Json params = message.get("params").orElse(Json.Null.VALUE);
    switch (message.text("method").orElse("")) {
      case "Plugin.Stream.Ready" -> {
        var _ = ask("Plugin.Stream.Player.GetProperties", null).thenAccept(this::properties);
      }
      case "Plugin.Stream.Player.Properties" -> properties(params);
      case "Plugin.Stream.Log" ->
          listener.log(
              params.text("severity").orElse("info").toLowerCase(Locale.ROOT),
              params.text("message").orElse(""));
      default ->
          throw new IllegalArgumentException(
              "an unknown notification: " + message.text("method").orElse("?"));
    }
  }

  private void properties(Json properties) {
    Properties read;
    synchronized (this) {
      read = Properties.read(properties, metadata, heardAt);
      metadata = read.metadata();
    }
    listener.state(read.state());
  }

  private static String error(Json error) {
    return error
        .text("data")
        .or(() -> error.text("message"))
        .filter(text -> !text.isBlank())
        .orElse("the control script refused");
  }

  /**
   * Gives a command.
   *
   * @return fails with an {@link IOException} that carries the script's words
   */
  CompletableFuture<Json> command(TransportCommand command) {
    return switch (command) {
      case TransportCommand.Play p -> control("play", null);
      case TransportCommand.Pause p -> control("pause", null);
      case TransportCommand.Stop s -> control("stop", null);
      case TransportCommand.Next n -> control("next", null);
      case TransportCommand.Previous p -> control("previous", null);
      case TransportCommand.Seek s ->
          control("setPosition", Json.of("position", seconds(s.position())));
      case TransportCommand.SeekBy s -> control("seek", Json.of("offset", seconds(s.offset())));
      case TransportCommand.SetShuffle s -> property("shuffle", s.shuffle());
      case TransportCommand.SetRepeat r ->
          property(
              "loopStatus",
              switch (r.repeat()) {
                case NONE -> "none";
                case TRACK -> "track";
                case ALL -> "playlist";
              });
      case TransportCommand.SetVolume v -> property("volume", v.percent());
      case TransportCommand.SetMute m -> property("mute", m.muted());
      case TransportCommand.SetRate r ->
          property("rate", Properties.decimal(BigDecimal.valueOf(r.rate())));
      case TransportCommand.Jump j ->
          CompletableFuture.failedFuture(
              new IOException("a control script knows no way to go to a certain track"));
    };
  }

  private CompletableFuture<Json> control(
      String command, @org.jspecify.annotations.Nullable Json params) {
    return ask(
        "Plugin.Stream.Player.Control",
        params == null
            ? Json.of("command", command)
            : Json.of("command", command, "params", params));
  }

  private CompletableFuture<Json> property(String name, Object value) {
    return ask("Plugin.Stream.Player.SetProperty", Json.of(name, value));
  }

  private CompletableFuture<Json> ask(
      String method, @org.jspecify.annotations.Nullable Json params) {
    CompletableFuture<Json> answer = new CompletableFuture<>();
    long id;
    synchronized (this) {
      id = ++lastId;
      pending.put(id, answer);
    }
    send.accept(
        (params == null
                ? Json.of("id", id, "jsonrpc", "2.0", "method", method)
                : Json.of("id", id, "jsonrpc", "2.0", "method", method, "params", params))
            .toString());
    return answer;
  }

  /** The script has gone; what it was asked will not be answered. */
  void end() {
    Map<Long, CompletableFuture<Json>> left;
    synchronized (this) {
      left = new HashMap<>(pending);
      pending.clear();
    }
    left.values()
        .forEach(f -> f.completeExceptionally(new IOException("the control script has ended")));
  }

  private static Json seconds(Duration duration) {
    return Properties.decimal(BigDecimal.valueOf(duration.toMillis(), 3));
  }
}
