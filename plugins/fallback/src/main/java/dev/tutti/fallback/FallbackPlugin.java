package dev.tutti.fallback;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.zone.Zones.ZoneEvent.Kind;
import dev.tutti.audio.fallback.PackManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the packs that players sound when the server is gone, and gives them out. */
public final class FallbackPlugin implements Plugin {
  /** What can give a player another pack. */
  private static final Set<Kind> REGROUPED = EnumSet.of(Kind.LAYOUT, Kind.PLAYER_CONNECTED);

  /** Until then a server that has just started has other things to do. */
  private static final Duration QUIET_START = Duration.ofSeconds(30);

  private @Nullable Revision revision;

  @Override
  public void start(PluginContext context) {
    FallbackSettings settings = context.config(FallbackSettings.class);
    Path data = context.data();
    PackStore store;
    Workshop workshop;
    try {
      store = new PackStore(data.resolve("packs"), context.log());
      workshop =
          new Workshop(
              data.resolve("incoming"),
              store,
              new PackMaker(settings.format(), settings.loudnessLufs(), settings.maxFrames()),
              new Archives(PackManifest.MAX_PARTS, 4 * settings.maxUploadBytes()),
              settings.maxPacks(),
              context.log());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of packs cannot be used", e);
    }
    StateCell<FallbackState> state =
        context.state("assignments", FallbackState.class, FallbackState.EMPTY);
    Revision news = new Revision(context.clock().nowMicros());
    revision = news;
    FallbackDesk desk =
        new FallbackDesk(
            store, state, context.zones()::snapshot, news, settings, context.host().clockId());
    FallbackStatus status = new FallbackStatus(desk, store, workshop, context.zones()::snapshot);
    FirstPack first = new FirstPack(workshop, desk, settings.format());
    Neighbours neighbours = new Neighbours(key(context), context.zones()::snapshot);
    new FallbackRoutes(desk, store, workshop, status, first, neighbours, settings.maxUploadBytes())
        .register(context.http());
    var _ = context.schedule().after(QUIET_START, first::wanted);
    var _ = context.http().files("/fallback", "page");
    // Relative, because a proxy may have put everything below a prefix.
    var _ =
        context
            .http()
            .get(
                "/fallback",
                call -> HttpReply.of(308, "text/html", new byte[0]).with("Location", "fallback/"));
    var _ =
        context
            .zones()
            .onChange(event -> {
              if (REGROUPED.contains(event.kind())) {
                desk.changed();
              }
            });
    var _ =
        context.metrics().gauge("fallback_packs", "Packs that players can be given.", store::count);
    context
        .schedule()
        .thread(
            "packs",
            () -> {
              prepare(context, store, desk, first);
              workshop.run();
            });
  }

  private static GroupKey key(PluginContext context) {
    StateCell<GroupKey> cell = context.state("key", GroupKey.class, GroupKey.NONE);
    cell.update(key -> key.orDrawn(new SecureRandom()));
    return cell.snapshot().state();
  }

  /** Looks at the packs there are. */
  private static void prepare(
      PluginContext context, PackStore store, FallbackDesk desk, FirstPack first) {
    try {
      store.load();
    } catch (IOException e) {
      context.log().log(Level.WARNING, "the packs cannot be read", e);
      context.degraded("the packs in its folder cannot be read: " + e.getMessage());
    }
    desk.changed();
    boolean lost = store.count() == 0 && !desk.state().forAll().isEmpty();
    if (!desk.state().shipped() || lost) {
      first.missing();
    }
  }

  /** Whoever waits for news is answered, so that nothing waits for them. */
  @Override
  public void stop() {
    if (revision != null) {
      revision.close();
    }
  }
}
