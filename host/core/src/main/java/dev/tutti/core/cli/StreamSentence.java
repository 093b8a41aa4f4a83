package dev.tutti.core.cli;

import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import java.io.File;
import java.util.Arrays;
import java.util.List;

/**
 * One stream for the banner: what plays, from where, in which form, and why nothing is heard if so.
 *
 * @param folders the music folders of the configuration
 * @param opened whether its source had the time to open
 */
record StreamSentence(StreamStatus stream, List<String> folders, boolean opened) {
  private static final int FOLDERS_SHOWN = 3;

  String text() {
    return "%s  %s, %s %s%s"
        .formatted(stream.id(), what(), stream.codec(), stream.format(), state());
  }

  private String what() {
    return switch (stream.uri().scheme()) {
      case "ambient" -> "the built-in piece (--music DIR plays yours)";
      case "playlist" -> "your music in " + places();
      default -> stream.uri().scheme() + "://" + stream.uri().host() + stream.uri().path();
    };
  }

  private String places() {
    List<String> all =
        stream
            .uri()
            .option("folders")
            .map(text -> Arrays.asList(text.split(File.pathSeparator)))
            .orElse(folders);
    String shown = String.join(", ", all.stream().limit(FOLDERS_SHOWN).toList());
    int more = all.size() - FOLDERS_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private String state() {
    if (!stream.problem().isEmpty()) {
      return "; not playing: " + stream.problem();
    }
    if (stream.playback() == Playback.PAUSED) {
      return "; paused";
    }
    boolean fed = stream.can().isEmpty();
    if (stream.activity() == Activity.IDLE && fed) {
      return opened ? "; idle until something plays into it" : "; still being opened";
    }
    return stream.playback() == Playback.STOPPED ? "; stopped" : "";
  }
}
