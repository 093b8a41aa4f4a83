package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.json.Json;
import dev.tutti.interop.WireRecord.Sent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An announcement in one of two rooms with unmodified snapclients (issue 3 items 6, 7). */
class AnnounceTest {
  private static final String KITCHEN = "02:00:00:00:00:01";
  private static final String BATH = "02:00:00:00:00:02";

  /** The sample of the sound that is announced; the stream is noise that is hardly ever so. */
  private static final short TONE = 8192;

  @TempDir Path dir;

  private static byte[] wav(int frames) {
    ByteBuffer out = ByteBuffer.allocate(44 + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * frames);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
    out.putShort((short) 2).putInt(48_000).putInt(192_000).putShort((short) 4);
    out.putShort((short) 16).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * frames);
    while (out.hasRemaining()) {
      out.putShort(TONE);
    }
    return out.array();
  }

  private Path config() throws IOException {
    Path sounds = Files.createDirectory(dir.resolve("sounds"));
    Files.write(sounds.resolve("bell.wav"), wav(48_000));
    Path config = dir.resolve("tutti.toml");
    Files.writeString(config, "[plugins.announce]\nfolder = \"" + sounds + "\"\n");
    return config;
  }

  private static TreeMap<Long, byte[]> chunks(WireTap tap) {
    return tap.recorded().chunks().stream()
        .collect(
            Collectors.toMap(
                Sent::timestampMicros, Sent::data, (first, second) -> second, TreeMap::new));
  }

  /** The left sample that is heard at an instant. */
  private static short at(TreeMap<Long, byte[]> chunks, long micros) {
    Map.Entry<Long, byte[]> chunk = chunks.floorEntry(micros - 1_000_000);
    int frame = (int) Math.round((micros - 1_000_000 - chunk.getKey()) * 0.048);
    return ByteBuffer.wrap(chunk.getValue()).order(ByteOrder.LITTLE_ENDIAN).getShort(4 * frame);
  }

  private static long number(Json json, String name) {
    return json.number(name).orElseThrow().longValue();
  }

  @Test
  void itIsHeardInItsRoomFromThePlannedFrameAndTheOtherRoomGetsTheSameBytesAsEver()
      throws IOException {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti =
            TuttiProcess.start(
                dir.resolve("data"), LosslessTest.source(fifo, "pcm", 16), "--config=" + config());
        WireTap toKitchen = WireTap.before(tutti.streamPort());
        WireTap toBath = WireTap.before(tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient kitchen = Snapclient.join(dir, toKitchen.port(), KITCHEN);
          Snapclient bath = Snapclient.join(dir, toBath.port(), BATH)) {
        LosslessTest.awaitRun(kitchen, noise, feeder, 48_000);
        LosslessTest.awaitRun(bath, noise, feeder, 48_000);
        HttpResponse<String> answer =
            tutti.post(
                "/api/announce",
                "{\"file\":\"bell.wav\",\"rooms\":\"" + KITCHEN + "\",\"duckDb\":-96}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        long start = number(Json.parse(answer.body()), "startMicros");
        long end = number(Json.parse(answer.body()), "endMicros");
        long over = end + 800_000;
        Awaitility.await("the music goes on in the kitchen")
            .atMost(Duration.ofSeconds(20))
            .until(() -> chunks(toKitchen).lastKey() > over + 1_000_000);

        TreeMap<Long, byte[]> there = chunks(toBath);
        TreeMap<Long, byte[]> here = chunks(toKitchen);
        // Music 96 dB down is still half a step of 16 bits.
        assertThat(at(here, start)).isCloseTo(TONE, within((short) 2));
        assertThat(Math.abs(at(here, start - 21))).isLessThan((short) 40);
        assertThat(at(here, end - 21)).isCloseTo(TONE, within((short) 2));
        assertThat(Math.abs(at(here, end))).isLessThan((short) 40);
        assertThat(toBath.recorded().faults(noise, feeder.written())).isEmpty();
        for (long time : here.keySet()) {
          long heard = time + 1_000_000;
          boolean apart = heard + 20_000 > start - 300_000 && heard < over;
          if (!apart && there.containsKey(time)) {
            assertThat(here.get(time)).as("chunk heard at %d", heard).isEqualTo(there.get(time));
          }
        }
        assertThat(toKitchen.recorded().lies()).isEmpty();
        assertThat(longestTone(kitchen)).isBetween(47_000, 48_100);
        assertThat(longestTone(bath)).isLessThan(10);
      }
    }
  }

  /** The longest run of the sound in what a client has played, in frames. */
  private static int longestTone(Snapclient client) {
    ByteBuffer pcm = ByteBuffer.wrap(client.recorded()).order(ByteOrder.LITTLE_ENDIAN);
    int longest = 0;
    int run = 0;
    for (int at = 0; at + 4 <= pcm.limit(); at += 4) {
      run = Math.abs(pcm.getShort(at) - TONE) <= 2 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  @Tag("long")
  @Test
  void aRoomWhoseStreamNeverHadASoundHearsItWhole() throws IOException {
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder silent = FifoFeeder.on(fifo, new CountedNoise(16));
        TuttiProcess tutti =
            TuttiProcess.start(
                dir.resolve("data"),
                LosslessTest.source(fifo, "flac", 16),
                "--config=" + config());
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), KITCHEN)) {
      Awaitility.await("the client is there")
          .atMost(Duration.ofSeconds(20))
          .until(() -> tutti.get("/api/state").body().contains(KITCHEN));
      HttpResponse<String> answer =
          tutti.post("/api/announce", "{\"file\":\"bell.wav\",\"rooms\":\"all\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Awaitility.await("the sound of a second")
          .atMost(Duration.ofSeconds(20))
          .until(() -> longestTone(client) > 47_000);
      assertThat(silent.written()).isZero();
    }
  }

  @Tag("long")
  @Test
  void aServerThatIsKilledInTheMiddleOfOneComesBackWithTheMusicOnly() throws IOException {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    Path data = dir.resolve("data");
    String[] args = {LosslessTest.source(fifo, "flac", 16), "--config=" + config()};
    TuttiProcess tutti = TuttiProcess.start(data, args);
    int port = tutti.streamPort();
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise).begin()) {
      feeder.firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, port, KITCHEN)) {
        LosslessTest.awaitRun(client, noise, feeder, 48_000);
        tutti.post("/api/announce", "{\"file\":\"bell.wav\",\"rooms\":\"all\",\"duckDb\":-96}");
        Awaitility.await("the announcement")
            .atMost(Duration.ofSeconds(15))
            .until(() -> longestTone(client) > 4800);
        tutti.kill();
        tutti = TuttiProcess.startAt(data, List.of(), port, args);
        assertThat(tutti.get("/api/announce").body()).isEqualTo("{\"announcements\":[]}");
        int again = client.bytes();
        Awaitility.await("the music as it is")
            .atMost(Duration.ofSeconds(20))
            .until(() -> {
              byte[] all = client.recorded();
              byte[] since = Arrays.copyOfRange(all, again / 4 * 4, all.length);
              return noise.runs(since, feeder.written()).stream()
                  .anyMatch(run -> run.length() > 40_000);
            });
      }
    } finally {
      tutti.close();
    }
  }

  @Test
  void aClientsMixIsHeardFromARunningServerAndAfterItsRestart() throws IOException {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    Path data = dir.resolve("data");
    String source = LosslessTest.source(fifo, "pcm", 16);
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise)) {
      try (TuttiProcess tutti = TuttiProcess.start(data, source);
          WireTap tap = WireTap.before(tutti.streamPort())) {
        feeder.begin().firstWriteNanos();
        try (Snapclient client = Snapclient.join(dir, tap.port(), KITCHEN)) {
          LosslessTest.awaitRun(client, noise, feeder, 48_000);
          HttpResponse<String> answer =
              tutti.post("/api/players/" + KITCHEN + "/mix", "{\"channels\":\"left\"}");
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          awaitLeftOnBothSides(tap);
          assertThat(client.alive()).isTrue();
        }
        tutti.stop();
      }
      try (TuttiProcess tutti = TuttiProcess.start(data, source);
          WireTap tap = WireTap.before(tutti.streamPort());
          Snapclient client = Snapclient.join(dir, tap.port(), KITCHEN)) {
        awaitLeftOnBothSides(tap);
        assertThat(client.alive()).isTrue();
        assertThat(
                Json.parse(tutti.get("/api/players/" + KITCHEN + "/mix").body()).text("channels"))
            .contains("left");
      }
    }
  }

  private static void awaitLeftOnBothSides(WireTap tap) {
    Awaitility.await("the same on both sides")
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          List<Sent> chunks = tap.recorded().chunks();
          return !chunks.isEmpty() && sameOnBothSides(chunks.getLast().data());
        });
  }

  private static boolean sameOnBothSides(byte[] chunk) {
    ByteBuffer pcm = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    boolean loud = false;
    for (int at = 0; at + 4 <= pcm.limit(); at += 4) {
      if (pcm.getShort(at) != pcm.getShort(at + 2)) {
        return false;
      }
      loud |= pcm.getShort(at) != 0;
    }
    return loud;
  }
}
