package dev.tutti.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.access.Caller;
import dev.tutti.api.http.Http;
import dev.tutti.api.json.Json;
import dev.tutti.core.time.VirtualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private final VirtualTime time = new VirtualTime();
  private int state;
  private String filling = "";
  private final LiveFeed feed =
      new LiveFeed(
          time,
          new VirtualSchedule(),
          () -> Json.of("state", state, "filling", filling),
          () -> Json.of("time", time.nowMicros()));

  private final class VirtualSchedule implements Schedule {
    @Override
    public Registration after(Duration delay, Runnable task) {
      return time.at(time.nowMicros() + delay.toNanos() / 1000, "test", task);
    }

    @Override
    public Registration every(Duration period, Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Thread thread(String name, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Page implements Http.WebSocketPeer {
    final List<Json> got = new ArrayList<>();

    @Override
    public void send(String message) {
      got.add(Json.parse(message));
    }

    @Override
    public void send(byte[] message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long waitingBytes() {
      return 0;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public InetAddress remote() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public Caller caller() {
      return Caller.UNKNOWN;
    }

    List<Integer> states() {
      return got.stream().map(j -> j.number("state").orElseThrow().intValue()).toList();
    }
  }

  private void change() {
    state++;
    feed.changed();
  }

  @Test
  void showsTheWholePictureOnConnecting() {
    Page page = new Page();
    feed.open(page);
    assertThat(page.states()).containsExactly(0);
  }

  @Test
  void showsAChangeAtOnce() {
    Page page = new Page();
    feed.open(page);
    change();
    time.run(Duration.ofMillis(1));
    assertThat(page.states()).containsExactly(0, 1);
  }

  @Test
  void joinsAFloodOfChangesAndNeverLosesTheLast() {
    Page page = new Page();
    feed.open(page);
    for (int i = 0; i < 1000; i++) {
      change();
      time.run(Duration.ofMillis(1));
    }
    time.run(Duration.ofSeconds(1));
    assertThat(page.states().getLast()).isEqualTo(1000);
    assertThat(page.got).hasSizeBetween(20, 23);
  }

  @Test
  void showsABigHouseLessOften() {
    Page page = new Page();
    filling = "x".repeat(500_000);
    feed.open(page);
    for (int i = 0; i < 1000; i++) {
      change();
      time.run(Duration.ofMillis(1));
    }
    assertThat(page.got).hasSizeBetween(4, 6);
  }

  @Test
  void tellsNothingToAPageThatIsGone() {
    Page page = new Page();
    feed.open(page).closed();
    change();
    time.run(Duration.ofSeconds(1));
    feed.tellTime();
    assertThat(page.got).hasSize(1);
  }

  @Test
  void tellsTheTime() {
    Page page = new Page();
    feed.open(page);
    time.run(Duration.ofMillis(7));
    feed.tellTime();
    assertThat(page.got.getLast().number("time").orElseThrow().intValue()).isEqualTo(7000);
  }

  @Test
  void ignoresWhatPagesSay() {
    Page page = new Page();
    feed.open(page).text("{\"command\":\"pause\"}");
    time.run(Duration.ofSeconds(1));
    assertThat(page.states()).containsExactly(0);
  }
}
