package dev.tutti.web;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.http.Http;
import java.time.Duration;

/**
 * Serves the page at {@code /tutti/}, and at {@code /} unless another page is there; tells it what
 * is playing over {@code /ws/live}, and takes its commands under {@code /api}. The README beside
 * this plugin describes all of it.
 */
public final class WebPlugin implements Plugin {
  /** Often enough to notice a dead connection and to keep the page's clock right. */
  private static final Duration TIME_PERIOD = Duration.ofSeconds(10);

  @Override
  public void start(PluginContext context) {
    Http http = context.http();
    Artwork artwork = new Artwork(context.streams());
    Picture picture = new Picture(context.host(), context.clock(), http::baseUrl);
    LiveFeed feed =
        new LiveFeed(
            context.clock(),
            context.schedule(),
            () -> picture.snapshot(context.streams().list(), context.zones().snapshot()),
            picture::time);
    Commands commands = new Commands(context.streams(), context.zones());

    Pages.open(http, context.config(WebSettings.class), context::degraded);
    http.webSocket("/ws/live", feed::open);
    http.get("/api/state", call -> feed.state());
    http.get("/api/art/{id}", artwork::serve);
    http.post("/api/streams/{id}/command", commands::stream);
    http.post("/api/streams/{id}", commands::gate);
    http.post("/api/players/{id}", commands::player);
    http.post("/api/groups/{id}", commands::group);

    context.streams().onChange(event -> feed.changed());
    context.zones().onChange(event -> feed.changed());
    context.schedule().every(TIME_PERIOD, feed::tellTime);
  }
}
