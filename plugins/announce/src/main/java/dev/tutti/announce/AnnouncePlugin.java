package dev.tutti.announce;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.cue.Cues;
import dev.tutti.api.net.Fetch;
import dev.tutti.api.service.Services.Service;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Plays sounds over the music of chosen rooms. */
public final class AnnouncePlugin implements Plugin {
  private @Nullable Announcer announcer;

  @Override
  public void start(PluginContext context) {
    AnnounceSettings settings = context.config(AnnounceSettings.class);
    Path configured = settings.folder();
    Path folder = configured == null ? context.data().resolve("sounds") : configured;
    Service<Cues> cues = context.services().find(Cues.class);
    Announcer desk = new Announcer(cues, context.clock(), context.schedule());
    announcer = desk;
    Service<Fetch> fetch = context.services().find(Fetch.class);
    Clips clips =
        new Clips(folder, context.data().resolve("uploads"), settings.maxSeconds(), fetch::get);
    new AnnounceRoutes(desk, clips, context.zones()::snapshot, cues).register(context.http());
  }

  /** What sounds ends, faded: without this plugin nobody could end it. */
  @Override
  public void stop() {
    if (announcer != null) {
      announcer.close();
    }
  }
}
