package com.example;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.Range;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import java.util.SplittableRandom;

/** Soft noise, as of rain on a roof: {@code @id@://}. */
public final class @class@Plugin implements Plugin {
  /** What a user may set under {@code [plugins.@id@]}: names, defaults, ranges and their docs. */
  record Settings(
      @Doc("Level of the noise in dBFS") @Default("-20") @Range(min = -60, max = 0) double gainDb) {}

  @Override
  public void start(PluginContext context) {
    Settings settings = context.config(Settings.class);
    context.sources().provide("@id@", request -> new Noise(settings.gainDb()));
  }

  /** The same noise again at the same frame, so that every listener may come and go. */
  private static final class Noise implements OnDemandSource {
    private final float level;
    private long frame;

    Noise(double gainDb) {
      level = (float) Math.pow(10, gainDb / 20);
    }

    @Override
    public boolean read(AudioBlock block) {
      while (block.free() > 0) {
        SplittableRandom drop = new SplittableRandom(frame++);
        block.add(level * (drop.nextFloat() - 0.5f), level * (drop.nextFloat() - 0.5f));
      }
      return true;
    }

    @Override
    public String position() {
      return Long.toString(frame);
    }

    @Override
    public void reposition(String token) {
      frame = Long.parseLong(token);
    }
  }
}
