package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.ServerSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the house has decided for a session's client, what the client is told of that, and what it
 * changes itself. Used by the thread that steps {@link Sessions}.
 */
final class Standing {
  private final Session session;
  private final Tuner tuner;
  private final Beyond beyond;
  private final Commons commons;
  private @Nullable Member member;

  Standing(Session session, Tuner tuner, Beyond beyond, Commons commons) {
    this.session = session;
    this.tuner = tuner;
    this.beyond = beyond;
    this.commons = commons;
  }

  /** Null before its Hello. */
  @Nullable Member member() {
    return member;
  }

  /** The client is registered: tells it so, and what it will hear. */
  void join(Member who, int requestId, Line line, long nowMicros) {
    member = who;
    beyond.hello(who.hello());
    tuner.begin(who);
    session.send(settings(who), requestId, nowMicros);
    tuner.beginAnew(line, nowMicros);
  }

  /** The client has a new volume of its own; it knows that, so it is not told. */
  void volume(ClientInfo info, long nowMicros) {
    Member who = member;
    if (who != null) {
      int percent = Math.clamp(info.volumePercent(), 0, 100);
      boolean muted = tuner.remix().reached() ? who.place().muted() : info.muted();
      commons
          .registry()
          .volumeReported(who.clientId(), percent, muted)
          .ifPresent(place -> {
            Member now = who.with(place);
            member = now;
            if (place.volumePercent() != percent) {
              // The house does not let it have that much.
              session.send(settings(now), 0, nowMicros);
            }
            tuner.hearOrNot(nowMicros);
          });
    }
  }

  /** The house has decided something new for this client, or the same again. */
  void place(Place place, long nowMicros) {
    Member who = member;
    Line on = tuner.line();
    if (who == null || on == null || session.closed()) {
      return;
    }
    ServerSettings before = settings(who);
    Member now = who.with(place);
    member = now;
    tellChange(before, now, nowMicros);
    if (!place.streamId().equals(on.id().streamId())) {
      tuner.beginAnew(commons.desk().lineFor(now, nowMicros), nowMicros);
    } else {
      tuner.remix().remix(nowMicros);
      tuner.hearOrNot(nowMicros);
    }
  }

  /** Something was to be done at this instant, or what lies over the stream has changed. */
  void tick(long nowMicros) {
    Member who = member;
    if (who != null && !session.closed()) {
      ServerSettings before = settings(who);
      tuner.remix().step(nowMicros);
      tellChange(before, who, nowMicros);
      tuner.remix().remix(nowMicros);
      tuner.hearOrNot(nowMicros);
      commons.agenda().urgent(session);
    }
  }

  /** An overlay was called off: whoever was reached by it is muted again at once. */
  void calledOff(long nowMicros) {
    tuner.remix().endReach();
    tick(nowMicros);
  }

  private ServerSettings settings(Member who) {
    return who.settings(tuner.remix().reached(), beyond.offer(who.hello()));
  }

  private void tellChange(ServerSettings before, Member who, long nowMicros) {
    ServerSettings now = settings(who);
    if (!now.equals(before)) {
      session.send(now, 0, nowMicros);
    }
  }
}
