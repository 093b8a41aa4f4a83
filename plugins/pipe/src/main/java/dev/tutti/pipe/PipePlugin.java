package dev.tutti.pipe;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;

/**
 * Plays raw PCM that other programs write into a named pipe, as Snapcast's {@code pipe} does:
 * {@code pipe:///tmp/snapfifo?name=default&mode=create}.
 */
public final class PipePlugin implements Plugin {
  @Override
  public void start(PluginContext context) {
    Posix posix = Posix.ofSystem();
    context
        .sources()
        .provide(
            "pipe",
            request ->
                new PipeSource(
                    PipeOptions.of(request.uri()), request.format(), posix, context.log()));
  }
}
