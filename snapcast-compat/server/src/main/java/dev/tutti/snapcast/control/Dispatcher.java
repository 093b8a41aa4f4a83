package dev.tutti.snapcast.control;

import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Zones.ZoneException;
import dev.tutti.snapcast.control.Fanout.Caller;
import dev.tutti.snapcast.control.Method.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests in, answers out; no sockets, no threads. What a request changes is told to others
 * through the zones' and streams' events, see {@link Fanout}. Any thread.
 */
final class Dispatcher {
  /** A batch of status requests must not fill the memory; further answers are errors. */
  private static final int MAX_ANSWER_LENGTH = 16 * 1024 * 1024;

  private final Map<String, Method> methods = new LinkedHashMap<>();

  Dispatcher(Collection<Method> methods) {
    methods.forEach(m -> this.methods.put(m.name(), m));
    Method commands =
        Method.of(
            "General.GetRPCCommands",
            Scope.NONE,
            "Lists the methods of this API",
            (params, origin) -> Outcome.of(rpcCommands(origin.who())));
    this.methods.put(commands.name(), commands);
  }

  /**
   * What to send back.
   *
   * @param text the answer, or empty where there is none
   * @param revision see {@link Outcome#revision}
   */
  record Answer(Optional<String> text, long revision) {
    static final Answer NONE = new Answer(Optional.empty(), Outcome.ANY);
  }

  /** Carries out what was read; changes carry the origin. */
  Answer answer(Incoming message, Caller origin) {
    return switch (message) {
      case Incoming.Silent silent -> Answer.NONE;
      case Incoming.Refused refused ->
          new Answer(Optional.of(refused.error().answer(Json.Null.VALUE).toString()), Outcome.ANY);
      case Incoming.Call call -> {
        Outcome outcome = run(call, origin);
        yield new Answer(Optional.of(outcome.result().toString()), outcome.revision());
      }
      case Incoming.Batch batch -> batch(batch.calls(), origin);
    };
  }

  /** Whether a stream's source is asked, so that nobody else should be kept waiting. */
  boolean commandsStream(Incoming message) {
    return switch (message) {
      case Incoming.Call call -> commandsStream(call);
      case Incoming.Batch batch -> batch.calls().stream().anyMatch(this::commandsStream);
      default -> false;
    };
  }

  private boolean commandsStream(Incoming.Call call) {
    Method method = methods.get(call.method());
    return method != null && method.commandsStream();
  }

  private Answer batch(List<Incoming.Call> calls, Caller origin) {
    List<String> answers = new ArrayList<>();
    long length = 0;
    long revision = Outcome.ANY;
    for (Incoming.Call call : calls) {
      Outcome outcome =
          length > MAX_ANSWER_LENGTH
              ? Outcome.of(RpcError.internal("the batch asks for too much").answer(call.id()))
              : run(call, origin);
      String text = outcome.result().toString();
      answers.add(text);
      length += text.length();
      revision = Math.max(revision, outcome.revision());
    }
    return new Answer(Optional.of("[" + String.join(",", answers) + "]"), revision);
  }

  /** The outcome with the whole answer as its result. */
  private Outcome run(Incoming.Call call, Caller origin) {
    try {
      Method method = methods.get(call.method());
      if (method == null) {
        throw RpcError.unknownMethod();
      }
      origin.who().require(method.needs());
      Outcome outcome = method.action().run(call.params(), origin);
      return new Outcome(
          Json.of("id", call.id(), "jsonrpc", "2.0", "result", outcome.result()),
          outcome.revision());
    } catch (RpcError e) {
      return Outcome.of(e.answer(call.id()));
    } catch (ZoneException e) {
      // Somebody else was quicker: it went between our look and our change.
      return Outcome.of(RpcError.internal(e.getMessage()).answer(call.id()));
    }
  }

  private Json rpcCommands(Identity who) {
    List<Json> commands = new ArrayList<>();
    for (Method method : methods.values()) {
      commands.add(
          Json.of(
              "description", method.description(),
              "hasPermission", who.may(method.needs()),
              "method", method.name(),
              "requires", Json.of("authentication", true, "authorization", true)));
    }
    return Json.of("commands", commands);
  }
}
