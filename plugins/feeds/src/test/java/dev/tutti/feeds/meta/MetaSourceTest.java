package dev.tutti.feeds.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.feeds.Capture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A doorbell over the radio. */
@Timeout(60)
class MetaSourceTest {
  private static final Schedule NO_TIMERS =
      new Schedule() {
        @Override
        public Registration after(Duration delay, Runnable task) {
          return () -> {};
        }

        @Override
        public Registration every(Duration period, Runnable task) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Thread thread(String name, Runnable task) {
          throw new UnsupportedOperationException();
        }
      };

  private final HouseOfStreams house =
      new HouseOfStreams()
          .stream("bell", "pipe:///bell").stream("radio", "pipe:///radio").stream(
              "all", "meta:///bell/radio");
  private final List<PlayerState> states = new CopyOnWriteArrayList<>();

  private MetaSource open(String uri, String id) throws IOException {
    SourceRequest request = new SourceRequest(SourceUri.parse(uri), SampleFormat.DEFAULT, id);
    return MetaSource.open(
        request, new MetaSource.Surroundings(house, () -> 0, NO_TIMERS, Duration.ofSeconds(1)));
  }

  /** Goes on until so many have been heard in all: a tap begins with what comes next. */
  private void render(String id, float value, Capture capture, int blocks) {
    await()
        .until(() -> {
          house.render(id, value);
          return capture.writer.frames() >= blocks * HouseOfStreams.FRAMES;
        });
  }

  @Test
  void theFirstThatPlaysIsHeardAndAChangeIsCrossedOver() throws Exception {
    MetaSource meta = open("meta:///bell/radio", "all");
    meta.onChange(states::add);
    try (Capture capture = new Capture(meta, SampleFormat.DEFAULT)) {
      house.plays("radio", true);
      await().until(() -> house.taps() == 1);
      render("radio", 0.5f, capture, 9);
      assertThat(states.getLast().track().title()).isEqualTo("title of radio");

      house.plays("bell", true);
      await().until(() -> states.getLast().track().title().equals("title of bell"));
      await().until(() -> house.taps() == 1);
      int before = capture.writer.frames() / HouseOfStreams.FRAMES;
      render("bell", -0.5f, capture, before + 9);
      meta.command(new TransportCommand.Next());

      house.plays("bell", false);
      house.plays("radio", false);
      await().until(() -> capture.writer.rests() >= 1);
      float[] heard = capture.writer.samples();
      assertThat(heard[0]).isEqualTo(0.5f);
      assertThat(heard[heard.length - 1]).isEqualTo(-0.5f);
      for (int i = 2; i < heard.length; i++) {
        assertThat(Math.abs(heard[i] - heard[i - 2])).as("step at %d", i).isLessThan(0.01f);
      }
    }
    assertThat(house.commands).containsExactly("bell NEXT");
    assertThat(house.taps()).isZero();
  }

  @Test
  void whatItPlaysPassesBitByBit() throws Exception {
    try (Capture capture = new Capture(open("meta:///radio", "all"), SampleFormat.DEFAULT)) {
      house.plays("radio", true);
      await().until(() -> house.taps() == 1);
      render("radio", 0.25f, capture, 4);
      house.plays("radio", false);
      await().until(() -> capture.writer.rests() >= 1);
      assertThat(capture.writer.exactBits()).isEqualTo(16);
      assertThat(capture.writer.frames() % HouseOfStreams.FRAMES).isZero();
    }
  }

  @Test
  void endsWhenInterruptedWhileNothingPlays() throws Exception {
    Capture capture = new Capture(open("meta:///bell", "all"), SampleFormat.DEFAULT);
    assertThat(capture.endsWhenInterrupted()).isTrue();
  }

  @Test
  void streamsThatAreNotThereAndCirclesAreRefusedWithASentence() {
    assertThatThrownBy(() -> open("meta:///", "all")).hasMessageContaining("names of streams");
    assertThatThrownBy(() -> open("meta:///horn", "all"))
        .hasMessageContaining("no stream \"horn\"");
    assertThatThrownBy(() -> open("meta:///all", "all")).hasMessageContaining("circles");
    house.stream("later", "meta:///all");
    assertThatThrownBy(() -> open("meta:///later", "all")).hasMessageContaining("circles");
  }
}
