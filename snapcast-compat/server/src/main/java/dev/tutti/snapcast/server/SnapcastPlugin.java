package dev.tutti.snapcast.server;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.cue.Cues;
import dev.tutti.api.net.Network.Listening;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.control.ControlServer;
import dev.tutti.snapcast.sessions.Counts;
import dev.tutti.snapcast.sessions.SessionPolicy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Snapcast for everybody: the stream port and the control API. */
public final class SnapcastPlugin implements Plugin {
  private @Nullable StreamShell shell;
  private @Nullable Listening listening;
  private @Nullable ControlServer control;

  @Override
  public void start(PluginContext context) throws IOException {
    SnapcastSettings settings = context.config(SnapcastSettings.class);
    Ramps ramps = new Ramps(context.clock()::nowMicros);
    ZoneRegistry registry =
        new ZoneRegistry(
            context.zones(),
            new StreamDoor(ControlServer.access(context))::refusal,
            ramps,
            context::host,
            context::degraded);
    StreamShell streaming =
        new StreamShell(
            new SessionPolicy(
                context.host().bufferMs(),
                settings.bufferOf(),
                settings.sendToMuted(),
                settings.maxClients()),
            registry,
            new StreamTaps(context.streams()),
            Encoders::open,
            context.clock()::nowMicros);
    shell = streaming;
    ramps.onWork(() ->
        context
            .schedule()
            .after(
                Ramps.STEP,
                () ->
                    streaming.post(
                        (sessions, now) -> ramps.step(sessions, now, context.zones()::snapshot))));
    ZoneWatch watch = new ZoneWatch(registry, streaming::post);
    context.zones().onChange(watch::changed);
    context.streams().onChange(event -> streamChanged(streaming, event));
    streaming.start(context.schedule()::thread);
    streaming.post((sessions, now) -> WarmUp.protocol());
    context.streams().list().forEach(s -> streaming.encode(() -> WarmUp.encoder(s)));
    ControlServer controlling =
        ControlServer.open(context, settings.streamRules(context.data()), streaming::accept);
    control = controlling;
    streaming.strays(controlling::accept);
    listening = context.network().listen("stream", streaming::accept);
    var _ = context.http().webSocket("/stream", streaming::open);
    new MixRoutes(
            context.zones(), id -> context.streams().find(id).map(StreamStatus::codec).orElse(""))
        .register(context.http());
    var _ =
        context
            .services()
            .provide(
                Cues.class,
                new SessionCues(
                    context.zones()::snapshot, context.streams()::list, streaming::post));
    measure(context, streaming.counts());
    Sight sight = new Sight(streaming, context.clock());
    sight.measure(context.metrics());
    Sight.measureClients(context.metrics(), context.zones());
    context.http().get("/api/debug/snapcast", call -> sight.report());
    PlayerSight players = new PlayerSight(sight::sessions);
    players.measure(context.metrics());
    context.http().get("/api/reports", call -> players.report());
  }

  private static void streamChanged(StreamShell shell, StreamEvent event) {
    switch (event) {
      case StreamEvent.Added added -> shell.sourceChanged(added.streamId());
      case StreamEvent.Removed removed -> shell.sourceChanged(removed.streamId());
      case StreamEvent.Changed changed -> {
        if (soundsDifferent(changed.before(), changed.now())) {
          shell.sourceChanged(changed.streamId());
        }
      }
    }
  }

  private static boolean soundsDifferent(StreamStatus before, StreamStatus now) {
    return !before.format().equals(now.format()) || !before.codec().equals(now.codec());
  }

  private static void measure(PluginContext context, Counts counts) {
    context.metrics().gauge("snapcast_clients", "Clients that stream", counts::clients);
    context
        .metrics()
        .gauge("snapcast_connections", "Connections to the stream port", counts::connections);
    context
        .metrics()
        .gauge(
            "snapcast_dropped_chunks",
            "Chunks not sent because a client was too slow",
            counts::droppedChunks);
    context
        .metrics()
        .gauge(
            "snapcast_refused_connections",
            "Connections closed for what they did, or because there were too many",
            counts::refused);
    context
        .metrics()
        .gauge(
            "snapcast_absurd_reports",
            "Reports of players that could not be, and were dropped",
            counts::absurdReports);
  }

  @Override
  public void stop() throws InterruptedException {
    if (control != null) {
      control.close();
    }
    if (listening != null) {
      listening.close();
    }
    if (shell != null) {
      shell.stop();
    }
  }
}
