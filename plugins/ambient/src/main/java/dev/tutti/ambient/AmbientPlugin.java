package dev.tutti.ambient;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;

/**
 * Music that needs no files: {@code ambient://?seed=7} is a calm piece without an end, {@code
 * sine://?hz=1000&gainDb=-20} a tone, for example the emergency tone of a server without music.
 */
public final class AmbientPlugin implements Plugin {
  @Override
  public void start(PluginContext context) {
    context
        .sources()
        .provide("ambient", request -> AmbientSource.create(request, context.random().nextLong()));
    context.sources().provide("sine", SineSource::create);
  }
}
