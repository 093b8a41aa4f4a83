package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our player on an unmodified snapserver 0.26, in every codec and several formats: the right sound
 * at the right instant (issue 4 item 10). All play at the same time, each another stream of one
 * server.
 */
class PlayerOnSnapserverTest {
  /** A loopback's clock is known to some µs; a busy machine gets the rest. */
  private static final Offset<Long> IN_TIME = within(1_000L);

  private static final List<Line> LINES =
      List.of(
          new Line("pcm", "48000:16:2", "48000:16:2", 0),
          new Line("pcm", "96000:24:2", "96000:24:2", 0),
          new Line("flac", "44100:16:2", "44100:16:2", 0),
          new Line("flac", "48000:24:2", "48000:24:2", 0),
          new Line("opus", "48000:16:2", "48000:16:2", 20),
          new Line("ogg", "44100:16:2", "44100:16:2", 20),
          new Line("flac", "44100:16:2", "48000:24:2", 60));

  @TempDir static Path dir;

  private static Snapserver server;
  private static final List<Room> ROOMS = new ArrayList<>();

  /**
   * A stream, and what is made of it.
   *
   * @param device what the player plays in
   * @param leastDb how far what differs from what was fed may be heard; 0 where nothing differs
   */
  private record Line(String codec, String stream, String device, double leastDb) {
    @Override
    public String toString() {
      return codec + " " + stream + (stream.equals(device) ? "" : " played as " + device);
    }

    SampleFormat streamFormat() {
      return SampleFormat.parse(stream);
    }

    SampleFormat deviceFormat() {
      return SampleFormat.parse(device);
    }

    Fed fed() {
      return leastDb == 0
          ? new CountedNoise(streamFormat().bits(), streamFormat().rate())
          : new Glide(streamFormat().rate());
    }

    String name() {
      return toString().replaceAll("\\W", "-");
    }

    String earId() {
      return "ear of " + name();
    }

    Path fifo() {
      return dir.resolve(name());
    }

    String source() {
      return "pipe://"
          + fifo()
          + "?mode=read&name="
          + name()
          + "&codec="
          + codec
          + "&sampleformat="
          + stream;
    }
  }

  /** The line's feeder and player, and what is on the wire. */
  private record Room(Line line, FifoFeeder feeder, WireEar ear, TuttiPlayer player) {
    static Room open(Line line, FifoFeeder feeder) {
      int port = server.streamPort();
      String[] options =
          line.stream().equals(line.device())
              ? new String[0]
              : new String[] {"--sampleformat", line.device()};
      return new Room(
          line,
          feeder,
          WireEar.join(port, line.earId()),
          TuttiPlayer.join(dir, port, line.name(), line.deviceFormat(), options));
    }

    void close() {
      player.close();
      ear.close();
      feeder.close();
    }
  }

  @BeforeAll
  static void allPlay() {
    List<FifoFeeder> feeders =
        LINES.stream().map(line -> FifoFeeder.on(line.fifo(), line.fed())).toList();
    server = Snapserver.start(dir, LINES.stream().map(Line::source).toArray(String[]::new));
    for (int i = 0; i < LINES.size(); i++) {
      ROOMS.add(Room.open(LINES.get(i), feeders.get(i)));
    }
    try (Controller controller = Controller.of(server.controlPort())) {
      for (Line line : LINES) {
        for (String client : List.of(line.name(), line.earId())) {
          Awaitility.await(client + " joins")
              .atMost(Duration.ofSeconds(60))
              .until(() -> controller.isConnected(client));
          controller.stream(client, line.name());
        }
      }
    }
    ROOMS.forEach(room -> room.feeder().begin());
  }

  @AfterAll
  static void end() {
    ROOMS.forEach(Room::close);
    server.close();
  }

  private static List<Line> lossless() {
    return LINES.stream().filter(line -> line.leastDb() == 0).toList();
  }

  private static List<Line> changed() {
    return LINES.stream().filter(line -> line.leastDb() > 0).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lossless")
  void whatWasFedIsHeardBitByBitWhenItIsDue(Line line) {
    Room room = room(line);
    CountedNoise noise = (CountedNoise) line.fed();
    eventually(
        room,
        () -> {
          int rate = noise.rate();
          Run heard = room.player().longest(noise, room.player().frames() - 4 * rate);
          // A FIFO holds 85 ms of the largest format: a busy machine may feed it too late.
          assertThat(heard.length()).as("frames without a fault").isGreaterThan(rate);
          WireRecord wire = room.ear().last(2);
          List<Run> sent = noise.runs(wire.decoded(noise), room.feeder().written());
          assertThat(room.player().frameZeroMicros(heard))
              .as("when frame 0 was heard")
              .isCloseTo(wire.frameZeroMicros(sent.getFirst(), rate), IN_TIME);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changed")
  void whatWasFedIsHeardWithinTheErrorOfTheCodecOrTheConversionWhenItIsDue(Line line) {
    Room room = room(line);
    Glide fed = (Glide) line.fed();
    eventually(
        room,
        () -> {
          TuttiPlayer.Sound heard = room.player().lately();
          assertThat(heard.signalToNoiseDb()).as("dB").isGreaterThan(line.leastDb());
          assertThat(heard.gain()).isCloseTo(1, within(0.01));
          assertThat(Glide.laterMicros(heard.zeroMicros(), room.ear().zeroMicros(fed)))
              .as("µs late")
              .isCloseTo(0L, IN_TIME);
        });
  }

  private static Room room(Line line) {
    return ROOMS.stream().filter(room -> room.line().equals(line)).findFirst().orElseThrow();
  }

  /** A busy machine may disturb snapserver's clock once or twice; it does not do so for ever. */
  private static void eventually(Room room, ThrowingRunnable assertion) {
    Awaitility.await("what the player says:\n" + room.player().log())
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(assertion);
  }
}
