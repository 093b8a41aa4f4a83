package dev.tutti.announce;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The table {@code [plugins.announce]}. */
record AnnounceSettings(
    @Doc("where sounds that are announced by name lie; without it: sounds in the plugin's folder")
        @Nullable Path folder,
    @Doc("the longest announcement, in seconds") @Default("60") @Range(min = 1, max = 600)
        int maxSeconds) {}
