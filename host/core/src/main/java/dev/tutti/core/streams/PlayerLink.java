package dev.tutti.core.streams;

import dev.tutti.api.audio.PlayerSource;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TransportCommand;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A live stream's tie to the player behind its source: remembers what it says, brings it commands
 * on a lane of their own, because the source's is capturing. Used by the conductor only.
 */
final class PlayerLink {
  private static final int MOST_WAITING = 16;

  private final PlayerSource player;
  private final SourceExecutor.Lane lane;
  private final ArtLoans.Lender pictures;
  private final Set<CompletableFuture<CommandResult>> waiting = new HashSet<>();
  private @Nullable PlayerState state;

  PlayerLink(PlayerSource player, SourceExecutor.Lane lane, ArtLoans.Lender pictures) {
    this.player = player;
    this.lane = lane;
    this.pictures = pictures;
  }

  /** The same state, with nothing in it that belongs to the plugin. The player's thread. */
  PlayerState lent(PlayerState said) {
    return new PlayerState(
        said.playback(),
        pictures.lend(said.track()),
        said.position(),
        said.positionAtMicros(),
        said.order(),
        said.can(),
        said.details());
  }

  /** What the player said last, or null. */
  @Nullable PlayerState state() {
    return state;
  }

  void state(PlayerState now) {
    state = now;
  }

  void command(TransportCommand command, CompletableFuture<CommandResult> answer) {
    PlayerState now = state;
    waiting.removeIf(CompletableFuture::isDone);
    if (now == null) {
      answer.complete(new Refused(Why.NOT_NOW, "the player has not said what it can do yet"));
    } else if (!now.can().contains(command.kind())) {
      answer.complete(new Refused(Why.NOT_CONTROLLABLE, "this player cannot do that"));
    } else if (waiting.size() >= MOST_WAITING) {
      answer.complete(new Refused(Why.NOT_NOW, "too many commands wait for the player"));
    } else {
      waiting.add(answer);
      lane.execute(() -> answer.complete(give(command)));
    }
  }

  // Plugin code may throw anything; a command that failed must be answered all the same.
  @SuppressWarnings("CatchThrowable")
  private CommandResult give(TransportCommand command) {
    try {
      player.command(command);
      return new CommandResult.Accepted();
    } catch (Throwable e) {
      return new Refused(Why.FAILED, SourceLane.sentence(e));
    }
  }

  /** The source goes; what it was asked is refused. */
  void close() {
    lane.abandon(() -> {});
    pictures.end();
    waiting.forEach(a -> a.complete(new Refused(Why.FAILED, "the source went away; try again")));
  }
}
