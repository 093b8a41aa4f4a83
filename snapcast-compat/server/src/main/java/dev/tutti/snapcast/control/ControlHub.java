package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneEvent;
import dev.tutti.snapcast.control.Dispatcher.Answer;
import dev.tutti.snapcast.control.Fanout.Caller;
import dev.tutti.snapcast.control.Fanout.Peer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The shell around {@link Fanout}: subscribes to the host's events, and runs requests and events
 * one at a time, so that what is answered and what is told have one order. A request that asks a
 * stream's source runs outside the lock; nobody waits for a slow source but who asked. Any thread.
 */
final class ControlHub implements AutoCloseable {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(2);

  private final Zones zones;
  private final Clock clock;
  private final Schedule schedule;
  private final Dispatcher dispatcher;
  private final Fanout fanout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Registration zoneEvents;
  private final Registration streamEvents;
  private boolean wakeUpPlanned;

  ControlHub(
      Zones zones,
      Streams streams,
      Clock clock,
      Schedule schedule,
      Dispatcher dispatcher,
      Notifications notifications) {
    this.zones = zones;
    this.clock = clock;
    this.schedule = schedule;
    this.dispatcher = dispatcher;
    // The lock keeps the first events waiting until the fan-out is there.
    lock.lock();
    try {
      this.zoneEvents = zones.onChange(this::zoneEvent);
      this.fanout = new Fanout(notifications, zones.snapshot().revision());
      this.streamEvents = streams.onChange(this::streamEvent);
    } finally {
      lock.unlock();
    }
  }

  void attach(Peer peer) {
    lock.lock();
    try {
      fanout.attach(peer);
    } finally {
      lock.unlock();
    }
  }

  void detach(Peer peer) {
    lock.lock();
    try {
      fanout.detach(peer);
    } finally {
      lock.unlock();
    }
  }

  /** Carries out what a session sent; the session gets the answer in its place among the news. */
  void request(Peer peer, Incoming message) {
    var _ = run(message, new Caller(peer, peer.who(), message instanceof Incoming.Batch));
  }

  /** Carries out what somebody sent who is told nothing but the answer. */
  Optional<String> requestOnce(Identity who, Incoming message) {
    return run(message, new Caller(null, who, message instanceof Incoming.Batch)).text();
  }

  private Answer run(Incoming message, Caller caller) {
    if (dispatcher.commandsStream(message)) {
      Answer answer = dispatcher.answer(message, caller);
      lock.lock();
      try {
        fanout.answered(caller, answer, clock.nowMicros());
        return answer;
      } finally {
        lock.unlock();
      }
    }
    lock.lock();
    try {
      Answer answer = dispatcher.answer(message, caller);
      fanout.answered(caller, answer, clock.nowMicros());
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that has changed so far is told and all answers are given, so that who asks
   * faster than others can be told slows down. After two seconds it waits no longer.
   */
  void settle() throws InterruptedException {
    long revision = zones.snapshot().revision();
    long nanos = SETTLE_LIMIT.toNanos();
    lock.lockInterruptibly();
    try {
      while (fanout.toldRevision() < revision && nanos > 0) {
        nanos = told.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void zoneEvent(ZoneEvent event) {
    lock.lock();
    try {
      fanout.zone(event, clock.nowMicros());
      told.signalAll();
      planWakeUp();
    } finally {
      lock.unlock();
    }
  }

  private void streamEvent(StreamEvent event) {
    lock.lock();
    try {
      fanout.stream(event, zones.snapshot(), clock.nowMicros());
    } finally {
      lock.unlock();
    }
  }

  private void planWakeUp() {
    long due = fanout.dueMicros();
    if (due != Long.MAX_VALUE && !wakeUpPlanned) {
      wakeUpPlanned = true;
      long delayMicros = Math.max(0, due - clock.nowMicros());
      schedule.after(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(delayMicros)), this::wakeUp);
    }
  }

  private void wakeUp() {
    lock.lock();
    try {
      wakeUpPlanned = false;
      fanout.due(clock.nowMicros());
      planWakeUp();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    zoneEvents.close();
    streamEvents.close();
  }
}
