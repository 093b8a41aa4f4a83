package dev.tutti.core.streams;

import dev.tutti.api.audio.Sources;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.core.plugins.PluginScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All streams as one step function. {@link #step} and {@link #close} are called by one thread (the
 * {@link Conductor}, or a test); everything else by any.
 */
public final class StreamEngine {
  private final StreamTiming timing;
  private final SourceExecutor executor;
  private final AnchorStore anchors;
  private final Patience patience;
  private final Mailbox mailbox = new Mailbox();
  private final SourceOffers offers;
  private final AtomicReference<List<StreamLine>> lines = new AtomicReference<>(List.of());
  private final List<Consumer<StreamEvent>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> waiters = new ArrayList<>();

  public StreamEngine(
      StreamTiming timing, SourceExecutor sources, AnchorStore anchors, Patience patience) {
    this.timing = timing;
    this.executor = sources;
    this.anchors = anchors;
    this.patience = patience;
    this.offers = new SourceOffers(mailbox, patience, this::linesAndFallbacks);
  }

  // --- the conductor ----------------------------------------------------------------------------

  /**
   * Does what is due and says when it wants to be called again, on the same clock. To be called
   * earlier when {@link #onEvent} says so.
   */
  public long step(long nowMicros) {
    // What has come since the last step happens now, not then.
    offers.time(nowMicros);
    lines.get().forEach(line -> line.time(nowMicros));
    mailbox.drain();
    long wake = offers.step();
    for (StreamLine line : lines.get()) {
      wake = Math.min(wake, line.step());
    }
    // What the sources of a test answered at once is done at once.
    mailbox.drain();
    for (StreamLine line : lines.get()) {
      StreamStatus before = line.publish();
      if (before != null) {
        tell(new StreamEvent.Changed(before, line.status()));
      }
    }
    tellBegun();
    return wake;
  }

  /** Stores the anchors and lets all sources go. Nothing is called afterwards. */
  public void close(long nowMicros) {
    mailbox.drain();
    lines.get().forEach(line -> line.close(nowMicros));
    anchors.flush();
  }

  private void tellBegun() {
    if (!waiters.isEmpty() && lines.get().stream().allMatch(StreamLine::begun)) {
      waiters.forEach(Runnable::run);
      waiters.clear();
    }
  }

  private void tell(StreamEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  // --- any thread -------------------------------------------------------------------------------

  /**
   * Sets what to call, from any thread, when there is something to do before the next wake-up. Must
   * return at once.
   */
  public void onEvent(Runnable wake) {
    mailbox.onLetter(wake);
  }

  /**
   * Adds a stream at the end of the list. It exists at once, also when no plugin for its source is
   * there yet.
   *
   * @throws IllegalArgumentException if there is one with its name
   */
  public void add(StreamConfig config) {
    StreamLine line = new StreamLine(config, timing, executor, mailbox, anchors);
    lines.updateAndGet(before -> {
      if (before.stream().anyMatch(l -> l.id().equals(config.id()))) {
        throw new IllegalArgumentException(
            "there are two streams with the name \"" + config.id() + "\"; names must differ");
      }
      List<StreamLine> after = new ArrayList<>(before);
      after.add(line);
      return List.copyOf(after);
    });
    mailbox.post(() -> {
      withFallbacks(line)
          .forEach(
              each -> offers.find(each.config().uri().scheme()).ifPresent(each.link()::offered));
      tell(new StreamEvent.Added(line.status()));
    });
  }

  /** Removes a stream; its taps give nothing more. Answers whether there was one. */
  public boolean remove(String streamId) {
    StreamLine line = line(streamId);
    if (line == null) {
      return false;
    }
    lines.updateAndGet(before -> before.stream().filter(l -> l != line).toList());
    mailbox.post(() -> {
      withFallbacks(line).forEach(each -> each.link().close());
      line.timeline().close();
      tell(new StreamEvent.Removed(streamId));
    });
    return true;
  }

  /** All streams in order. */
  public List<StreamStatus> list() {
    return lines.get().stream().map(StreamLine::status).toList();
  }

  /** A stream by its name. */
  public Optional<StreamStatus> find(String streamId) {
    return Optional.ofNullable(line(streamId)).map(StreamLine::status);
  }

  /**
   * Calls back once, on the conductor, as soon as every stream has its source, or knows why that
   * cannot be opened. Must return at once.
   */
  public void whenBegun(Runnable waiter) {
    mailbox.post(() -> waiters.add(waiter));
  }

  /** How the streams do, in order; answered between two steps. */
  public CompletableFuture<List<StreamHealth>> health() {
    CompletableFuture<List<StreamHealth>> answer = new CompletableFuture<>();
    mailbox.post(() -> answer.complete(lines.get().stream().map(StreamLine::health).toList()));
    return answer;
  }

  /** Gives a command; the answer comes when it is accepted or refused. */
  public CompletableFuture<CommandResult> command(String streamId, TransportCommand command) {
    CompletableFuture<CommandResult> answer = new CompletableFuture<>();
    StreamLine line = line(streamId);
    if (line == null) {
      answer.complete(new Refused(Why.NO_SUCH_STREAM, "there is no stream \"" + streamId + "\""));
    } else {
      mailbox.post(() -> line.command(command, answer));
    }
    return answer;
  }

  /**
   * Opens or closes a stream's gate: closed, it is silent, and its source stays where it is.
   *
   * @return whether there is such a stream
   */
  public boolean gate(String streamId, boolean open) {
    StreamLine line = line(streamId);
    if (line != null) {
      line.gate(open);
      mailbox.nudge();
    }
    return line != null;
  }

  /** Whether a stream's gate is to be open, as was said last; empty if there is none. */
  public Optional<Boolean> gate(String streamId) {
    return Optional.ofNullable(line(streamId)).map(StreamLine::gate);
  }

  private List<StreamLine> linesAndFallbacks() {
    return lines.get().stream().flatMap(StreamEngine::withFallbacks).toList();
  }

  private static Stream<StreamLine> withFallbacks(StreamLine line) {
    return Stream.concat(Stream.of(line), line.fallbacks().stream());
  }

  /** Begins to listen, see {@link Streams#listen}. */
  StreamTap listen(String streamId, Runnable ready) {
    StreamLine line = known(streamId);
    StreamTap tap = new StreamTap(line, ready, mailbox::nudge);
    line.audience().add(tap);
    mailbox.nudge();
    return tap;
  }

  /** Begins to listen ahead, see {@link Streams#listenAhead}. */
  DeepStreamTap listenAhead(String streamId, Runnable ready) {
    StreamLine line = known(streamId);
    DeepStreamTap tap = new DeepStreamTap(line, ready, mailbox::nudge);
    line.audience().add(tap);
    mailbox.nudge();
    return tap;
  }

  /** Told, on the conductor, of each change; must return at once. Answers how to stop it. */
  Runnable subscribe(Consumer<StreamEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The streams as one plugin sees them, which adds and removes some through what is given. */
  Streams streams(PluginScope scope, AddedStreams added) {
    return new PluginStreams(this, added, scope, patience);
  }

  /** Where one plugin offers sources. */
  public Sources sources(PluginScope scope) {
    return offers.forPlugin(scope);
  }

  private StreamLine known(String streamId) {
    StreamLine line = line(streamId);
    if (line == null) {
      throw new IllegalArgumentException("there is no stream \"" + streamId + "\"");
    }
    return line;
  }

  private @Nullable StreamLine line(String streamId) {
    for (StreamLine line : lines.get()) {
      if (line.id().equals(streamId)) {
        return line;
      }
    }
    return null;
  }
}
