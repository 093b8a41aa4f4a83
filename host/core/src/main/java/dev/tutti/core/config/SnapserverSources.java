package dev.tutti.core.config;

import dev.tutti.api.audio.SourceUri;
import dev.tutti.core.config.SnapserverConf.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The streams of a snapserver's file, and the programs and scripts they may start. */
final class SnapserverSources {
  private static final String USUAL_PROGRAMS = "/usr/share/snapserver/sandbox";
  private static final String USUAL_SCRIPTS = "/usr/share/snapserver/plug-ins";
  private static final String USUAL_SOURCE = "pipe:///tmp/snapfifo?name=default";

  private final SnapserverDraft draft;
  private final List<Node> streams = new ArrayList<>();
  private final Set<String> programs = new LinkedHashSet<>();
  private final Set<String> scripts = new LinkedHashSet<>();

  SnapserverSources(SnapserverDraft draft) {
    this.draft = draft;
  }

  /** A folder of programs. */
  void programs(Entry e) {
    programs.add(e.value());
  }

  /** A folder of control scripts. */
  void scripts(Entry e) {
    scripts.add(e.value());
  }

  /** An address; programs it names are allowed by being named in this file. */
  void source(Entry e) {
    try {
      SourceUri uri = SourceUri.parse(e.value());
      if (Set.of("process", "librespot", "spotify", "airplay").contains(uri.scheme())
          && uri.path().length() > 1) {
        programs.add(uri.path());
      }
      uri.option("controlscript").filter(s -> s.startsWith("/")).ifPresent(scripts::add);
      if (Set.of("jack", "pipewire").contains(uri.scheme())) {
        draft.note(
            e, "uses " + uri.scheme() + ", which Tutti does not play; use alsa, pipe or tcp");
      }
      add(e.value(), draft.from(e));
    } catch (IllegalArgumentException wrong) {
      draft.note(e, "is left out: " + wrong.getMessage());
    }
  }

  private void add(String source, Origin from) {
    streams.add(new Node.Table(Map.of("source", new Node.Value(source, from)), from));
  }

  /** All is read; where no stream is named, there is the one snapserver has. */
  void finish() {
    if (streams.isEmpty()) {
      add(USUAL_SOURCE, draft.origin());
    }
    draft.put("stream", new Node.Items(streams, draft.origin()));
    allow("plugins.feeds.programs", programs, USUAL_PROGRAMS);
    allow("plugins.feeds.control-scripts", scripts, USUAL_SCRIPTS);
  }

  private void allow(String key, Set<String> named, String usual) {
    if (!named.isEmpty()) {
      List<Node> all = new ArrayList<>();
      named.forEach(p -> all.add(new Node.Value(p, draft.origin())));
      if (!named.contains(usual)) {
        all.add(new Node.Value(usual, draft.origin()));
      }
      draft.put(key, new Node.Items(all, draft.origin()));
    }
  }
}
