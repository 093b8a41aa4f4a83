package dev.tutti.feeds.receiver;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.feeds.process.AllowedPrograms;
import dev.tutti.feeds.process.Arguments;
import dev.tutti.feeds.process.ProcessFeeds;
import dev.tutti.feeds.process.ProcessSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** AirPlay: {@code airplay:///usr/bin/shairport-sync?name=AirPlay&devicename=Attic&port=5000}. */
public final class Airplay {
  private Airplay() {}

  /**
   * A source that runs shairport-sync; it is allowed if it is on the search path, or listed.
   *
   * @throws IOException with a sentence for the user
   */
  public static LiveSource source(
      SourceRequest request, AllowedPrograms allowed, ProcessSource.Surroundings around)
      throws IOException {
    return ProcessFeeds.receiver(
        request,
        allowed,
        "shairport-sync",
        arguments(request.uri()),
        0,
        around,
        new AirplayMetadata(around.posix(), around.scratch()));
  }

  /** As the address asks, in shairport-sync's own words. */
  static List<String> arguments(SourceUri uri) {
    List<String> all = new ArrayList<>();
    all.add("--name=" + uri.option("devicename").orElse("Snapcast"));
    all.add("--port=" + uri.option("port").orElse("5000"));
    uri.option("password").filter(p -> !p.isEmpty()).ifPresent(p -> all.add("--password=" + p));
    all.add("--output=stdout");
    all.add("--use-stderr");
    all.add("--get-coverart");
    all.addAll(Arguments.split(uri.option("params").orElse("")));
    return all;
  }
}
