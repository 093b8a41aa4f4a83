package dev.tutti.core.streams;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.DeepTap;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.core.plugins.PluginScope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The streams as one plugin sees them; what it registers dies with it. */
final class PluginStreams implements Streams {
  private final StreamEngine engine;
  private final AddedStreams added;
  private final PluginScope scope;
  private final Patience patience;

  PluginStreams(StreamEngine engine, AddedStreams added, PluginScope scope, Patience patience) {
    this.engine = engine;
    this.added = added;
    this.scope = scope;
    this.patience = patience;
  }

  @Override
  public List<StreamStatus> list() {
    alive();
    return engine.list();
  }

  @Override
  public Optional<StreamStatus> find(String streamId) {
    alive();
    return engine.find(streamId);
  }

  @Override
  public CommandResult command(String streamId, TransportCommand command) {
    alive();
    try {
      return patience.await(engine.command(streamId, command));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommandResult.Refused(CommandResult.Why.FAILED, "the command was interrupted");
    } catch (ExecutionException | TimeoutException e) {
      return new CommandResult.Refused(CommandResult.Why.FAILED, "the streams do not answer");
    }
  }

  @Override
  public boolean setPlaying(String streamId, boolean playing) {
    alive();
    return engine.gate(streamId, playing);
  }

  @Override
  public Optional<Boolean> playing(String streamId) {
    alive();
    return engine.gate(streamId);
  }

  @Override
  public StreamStatus add(SourceUri source) {
    alive();
    return added.add(source);
  }

  @Override
  public boolean remove(String streamId) {
    alive();
    return added.remove(streamId);
  }

  @Override
  public Registration onChange(Consumer<StreamEvent> listener) {
    alive();
    Runnable unsubscribe =
        engine.subscribe(event -> scope.post("stream event", () -> listener.accept(event)));
    Runnable disown = scope.own(unsubscribe::run);
    return () -> {
      disown.run();
      unsubscribe.run();
    };
  }

  @Override
  public Tap listen(String streamId, Runnable ready) {
    alive();
    StreamTap tap = engine.listen(streamId, () -> scope.guard("stream tap", ready));
    tap.disownedBy(scope.own(tap));
    return tap;
  }

  @Override
  public DeepTap listenAhead(String streamId, Runnable ready) {
    alive();
    DeepStreamTap tap = engine.listenAhead(streamId, () -> scope.guard("stream tap", ready));
    tap.disownedBy(scope.own(tap));
    return tap;
  }

  private void alive() {
    if (scope.closed()) {
      throw new IllegalStateException("plugin " + scope.pluginId() + " has been stopped");
    }
  }
}
