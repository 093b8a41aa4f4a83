package dev.tutti.feeds.receiver;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.feeds.process.AllowedPrograms;
import dev.tutti.feeds.process.Announcements;
import dev.tutti.feeds.process.Arguments;
import dev.tutti.feeds.process.ProcessFeeds;
import dev.tutti.feeds.process.ProcessSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Spotify Connect: {@code librespot:///usr/bin/librespot?name=Spotify&devicename=Attic}. */
public final class Librespot {
  private static final int SILENCE_SECONDS = 7800;
  private static final Pattern LOADED = Pattern.compile("<(.{1,500})> \\((\\d{1,9}) ms\\) loaded");

  private Librespot() {}

  /**
   * A source that runs librespot; it is allowed if it is on the search path, or listed.
   *
   * @throws IOException with a sentence for the user
   */
  public static LiveSource source(
      SourceRequest request, AllowedPrograms allowed, ProcessSource.Surroundings around)
      throws IOException {
    return ProcessFeeds.receiver(
        request,
        allowed,
        "librespot",
        arguments(request.uri()),
        SILENCE_SECONDS,
        around,
        new Says());
  }

  /** As the address asks, in librespot's own words. */
  static List<String> arguments(SourceUri uri) {
    List<String> all = new ArrayList<>();
    all.add("--name");
    all.add(uri.option("devicename").orElse("Snapcast"));
    pair(all, "--username", uri.option("username"));
    pair(all, "--password", uri.option("password"));
    pair(all, "--bitrate", Optional.of(uri.option("bitrate").orElse("320")));
    pair(all, "--backend", Optional.of("pipe"));
    pair(all, "--initial-volume", Optional.of(uri.option("volume").orElse("100")));
    pair(all, "--onevent", uri.option("onevent"));
    pair(all, "--cache", uri.option("cache"));
    flag(all, "--enable-volume-normalisation", uri, "normalize");
    flag(all, "--disable-audio-cache", uri, "disable_audio_cache");
    if (uri.option("autoplay").filter("true"::equals).isPresent()) {
      pair(all, "--autoplay", Optional.of("on"));
    }
    all.addAll(Arguments.split(uri.option("params").orElse("")));
    return all;
  }

  private static void pair(List<String> all, String name, Optional<String> value) {
    value
        .filter(v -> !v.isEmpty())
        .ifPresent(v -> {
          all.add(name);
          all.add(v);
        });
  }

  private static void flag(List<String> all, String name, SourceUri uri, String option) {
    if (uri.option(option).filter("true"::equals).isPresent()) {
      all.add(name);
    }
  }

  /** Finds the tracks in what librespot logs. */
  static final class Says implements Announcements {
    private final AtomicReference<@Nullable Track> news = new AtomicReference<>();

    @Override
    public void line(String text) {
      Matcher m = LOADED.matcher(text);
      if (m.find()) {
        news.set(
            new Track(
                "",
                m.group(1),
                List.of(),
                "",
                Optional.of(Duration.ofMillis(Long.parseLong(m.group(2)))),
                Optional.empty()));
      }
    }

    @Override
    public @Nullable Track news() {
      return news.getAndSet(null);
    }
  }
}
