package dev.tutti.core.streams;

import dev.tutti.api.audio.Sources.SourceFactory;
import dev.tutti.core.plugins.PluginScope;

/** A kind of source that a plugin offers. Equal only to itself. */
final class Offer {
  private final String scheme;
  private final SourceFactory factory;
  private final PluginScope scope;

  Offer(String scheme, SourceFactory factory, PluginScope scope) {
    this.scheme = scheme;
    this.factory = factory;
    this.scope = scope;
  }

  String scheme() {
    return scheme;
  }

  SourceFactory factory() {
    return factory;
  }

  PluginScope scope() {
    return scope;
  }
}
