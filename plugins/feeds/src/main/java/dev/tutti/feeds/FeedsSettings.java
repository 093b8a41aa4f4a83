package dev.tutti.feeds;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code [plugins.feeds]}. */
@Doc("Audio that other programs deliver: pipe, file, tcp, process and their like.")
record FeedsSettings(
    @Doc("Folders, or single programs, that process:// may start.")
        @Default("[\"/usr/share/snapserver/sandbox\"]")
        @Nullable List<Path> programs,
    @Doc("Folders, or single programs, that the option controlscript may start.")
        @Default("[\"/usr/share/snapserver/plug-ins\"]")
        @Nullable List<Path> controlScripts) {
  List<Path> allowedPrograms() {
    return programs == null ? List.of() : programs;
  }

  List<Path> allowedScripts() {
    return controlScripts == null ? List.of() : controlScripts;
  }
}
