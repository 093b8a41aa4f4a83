package dev.tutti.playlist;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import dev.tutti.api.audio.PlayOrder.Repeat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code [plugins.playlist]}. */
@Doc("Plays music folders and playlist files (M3U, PLS, XSPF).")
record Settings(
    @Doc(
            "Folders (with all that is below them; playlist files in them set the order) and playlist files, in the order they play.")
        @Nullable List<Path> folders,
    @Doc("Random order.") @Default("false") boolean shuffle,
    @Doc("What happens at the end: NONE, TRACK or ALL.") @Default("ALL") Repeat repeat,
    @Doc("Play everything equally loud.") @Default("true") boolean normalize,
    @Doc("How loud, in LUFS.") @Default("-16") @Range(min = -30, max = -8) double targetLufs,
    @Doc(
            "How long a track fades into the next one; 0 plays them without a gap, as they were recorded.")
        @Default("0")
        @Range(min = 0, max = 15_000)
        Duration crossfade) {
  /** The configured folders; none if the file names none. */
  List<Path> musicFolders() {
    return folders == null ? List.of() : folders;
  }
}
