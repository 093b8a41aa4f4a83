package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerExtension;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session and its client say to each other beyond Snapcast, once both have announced that
 * they do. Nothing that comes here ends the connection: what is absurd is dropped and counted, what
 * is unknown passed over. Used by the session's thread.
 */
final class Beyond {
  private static final System.Logger LOG = System.getLogger(Beyond.class.getName());

  /** A report says nothing of the present any more once several should have followed it. */
  private static final long FRESH_MICROS = 10_000_000;

  private final Registry registry;
  private final Counts counts;
  private boolean spoken;
  private boolean complained;
  private @Nullable Report report;
  private long reportedAt;

  Beyond(Registry registry, Counts counts) {
    this.registry = registry;
    this.counts = counts;
  }

  /** A client has said who it is. */
  void hello(Hello hello) {
    spoken = offer(hello).isPresent();
    report = null;
  }

  /** What a client is told that said this; nothing unless it asked for it. */
  Optional<ServerExtension> offer(Hello hello) {
    return hello.extension().flatMap(_ -> registry.extension());
  }

  /** Whether messages of a type, above Snapcast's highest, may come. */
  boolean takes(int type) {
    return spoken && type >= Message.FIRST_EXTENSION;
  }

  void take(int type, ByteBuffer payload, String clientId, long nowMicros) {
    if (type != Report.TYPE) {
      return;
    }
    try {
      report = (Report) Message.decode(type, payload);
      reportedAt = nowMicros;
    } catch (ProtocolException e) {
      counts.absurdReport();
      if (!complained) {
        complained = true;
        LOG.log(Level.DEBUG, "a report of {0} is passed over: {1}", clientId, e.getMessage());
      }
    }
  }

  /** From handing a frame to its device to hearing it, as the client said last. */
  Optional<Long> deviceDelayMicros() {
    return Optional.ofNullable(report).map(r -> (long) r.deviceDelayMicros());
  }

  /** What the client last said of how it does; nothing if that was long ago. */
  Optional<SessionReport.FromPlayer> lastReport(long nowMicros, boolean needsMore) {
    Report last = report;
    long age = nowMicros - reportedAt;
    return last == null || age > FRESH_MICROS
        ? Optional.empty()
        : Optional.of(new SessionReport.FromPlayer(last, age, needsMore));
  }
}
