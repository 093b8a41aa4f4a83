package dev.tutti.testkit;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.Range;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import java.util.SplittableRandom;

/** Rain on a tin roof: {@code rain://}. */
public final class RainPlugin implements Plugin {
  record Settings(
      @Doc("Level of the rain in dBFS") @Default("-20") @Range(min = -60, max = 0) double gainDb) {}

  @Override
  public void start(PluginContext context) {
    Settings settings = context.config(Settings.class);
    context.sources().provide("rain", request -> new Rain(settings.gainDb()));
  }

  /** Noise that is the same again at the same frame. */
  private static final class Rain implements OnDemandSource {
    private final float level;
    private long frame;

    Rain(double gainDb) {
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
