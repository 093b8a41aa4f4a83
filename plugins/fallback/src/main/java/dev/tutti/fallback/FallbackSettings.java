package dev.tutti.fallback;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import dev.tutti.api.audio.SampleFormat;

/** The table {@code [plugins.fallback]}. */
record FallbackSettings(
    @Doc("how loud packs are made, in LUFS; peaks are never pushed beyond -1 dBTP")
        @Default("-14")
        @Range(min = -40, max = -5)
        double loudnessLufs,
    @Doc("how long players cross from the stream to the fallback and back, in milliseconds")
        @Default("3000")
        @Range(min = 0, max = 30_000)
        int fadeMs,
    @Doc("rate:bits:channels of the packs that are made; 16 or 24 bits") @Default("48000:16:2")
        SampleFormat format,
    @Doc("the longest pack, in minutes") @Default("180") @Range(min = 1, max = 720) int maxMinutes,
    @Doc("the largest file or archive that is taken, in MiB")
        @Default("1024")
        @Range(min = 1, max = 4096)
        int maxUploadMib,
    @Doc("how many packs are kept at most") @Default("50") @Range(min = 1, max = 1000) int maxPacks,
    @Doc(
            "\"changed\": a player fetches whatever pack is assigned to it; \"missing\": one that has"
                + " any pack keeps it until somebody says \"sync to all now\"")
        @Default("changed")
        Update update) {
  /** When a player that has a pack fetches another one. */
  enum Update {
    CHANGED,
    MISSING
  }

  FallbackSettings {
    if (format.bits() != 16 && format.bits() != 24) {
      throw new IllegalArgumentException("format must have 16 or 24 bits, not " + format.bits());
    }
  }

  long maxUploadBytes() {
    return maxUploadMib * 1024L * 1024;
  }

  long maxFrames() {
    return maxMinutes * 60L * format.rate();
  }
}
