package dev.tutti.snapcast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Tutti says beyond Snapcast, and to whom (design 8). */
class ExtensionTest {
  private static final Report REPORT =
      new Report(
          true,
          -12,
          35,
          410,
          -17_250,
          4_000,
          -21_250,
          980,
          1,
          2,
          3,
          4,
          31_500,
          900,
          "ALSA hw:0",
          "Tutti 0.1.0",
          new Report.Fallback("stream", true, false, 2, 61, 850));
  private static final String REPORT_TEXT =
      "{\"playing\":true,\"errorMicros\":-12,\"likelyMicros\":35,\"boundMicros\":410,"
          + "\"driftPpb\":-17250,\"devicePpb\":4000,\"steeringPpb\":-21250,\"bufferMs\":980,"
          + "\"underruns\":1,\"resyncs\":2,\"deviceBreaks\":3,\"lateChunks\":4,"
          + "\"deviceDelayMicros\":31500,\"roundTripMicros\":900,\"output\":\"ALSA hw:0\","
          + "\"software\":\"Tutti 0.1.0\",\"mode\":\"stream\",\"fallbackReady\":true,"
          + "\"degraded\":false,\"switches\":2,\"fallbackSeconds\":61,\"fallbackErrorMicros\":850}";

  private static byte[] payload(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(text.length)
        .put(text)
        .array();
  }

  private static Message read(int type, String json) throws ProtocolException {
    return Message.decode(type, ByteBuffer.wrap(payload(json)));
  }

  private static Hello hello(Optional<PlayerExtension> extension) {
    return new Hello(
        "", "den", "0.34.0", "Tutti", "", "", 1, "den", 2, Optional.empty(), extension);
  }

  @Test
  void aPlayerAnnouncesItselfWithOneMoreKeyBehindAllOthers() throws Exception {
    Hello announced = hello(Optional.of(new PlayerExtension(1, Set.of("report", "fallback"))));
    String plain =
        "{\"Arch\":\"\",\"ClientName\":\"Tutti\",\"HostName\":\"den\",\"ID\":\"den\","
            + "\"Instance\":1,\"MAC\":\"\",\"OS\":\"\",\"SnapStreamProtocolVersion\":2,"
            + "\"Version\":\"0.34.0\"";

    assertThat(hello(Optional.empty()).payload()).isEqualTo(payload(plain + "}"));
    assertThat(announced.payload())
        .isEqualTo(payload(plain + ",\"tutti\":{\"v\":1,\"fallback\":true,\"report\":true}}"));
    assertThat(Message.decode(Hello.TYPE, ByteBuffer.wrap(announced.payload())))
        .isEqualTo(announced);
  }

  @Test
  void aPlayerThatHoldsMoreSaysHowMuch() throws Exception {
    Hello deep = hello(Optional.of(new PlayerExtension(1, Set.of(), 60_000, 20_000_000, "")));

    assertThat(new String(deep.payload(), StandardCharsets.UTF_8))
        .endsWith(",\"tutti\":{\"v\":1,\"depthMs\":60000,\"depthBytes\":20000000}}");
    assertThat(Message.decode(Hello.TYPE, ByteBuffer.wrap(deep.payload()))).isEqualTo(deep);
  }

  @Test
  void aPlayersOwnVersionIsThatOfItsProgramAndNotOfTheSnapclientItIsAsAbleAs() throws Exception {
    Hello told = hello(Optional.of(new PlayerExtension(1, Set.of(), 0, 0, "0.1.0")));

    assertThat(told.version()).isEqualTo("0.34.0");
    assertThat(told.programVersion()).isEqualTo("0.1.0");
    assertThat(Message.decode(Hello.TYPE, ByteBuffer.wrap(told.payload()))).isEqualTo(told);
    assertThat(hello(Optional.empty()).programVersion()).isEqualTo("0.34.0");
    Hello wordy =
        (Hello) read(Hello.TYPE, "{\"tutti\":{\"v\":1,\"program\":\"" + "9".repeat(99) + "\"}}");
    assertThat(wordy.programVersion()).hasSize(64);
  }

  @Test
  void anAbsurdDepthIsTheMostOrNone() throws Exception {
    Hello most = (Hello) read(Hello.TYPE, "{\"tutti\":{\"v\":1,\"depthMs\":2000000000}}");
    Hello none = (Hello) read(Hello.TYPE, "{\"tutti\":{\"v\":1,\"depthMs\":-5}}");

    assertThat(most.extension().orElseThrow().depthMs()).isEqualTo(PlayerExtension.MAX_DEPTH_MS);
    assertThat(none.extension().orElseThrow().depthMs()).isZero();
  }

  @Test
  void whatReplacesAndWhatMarksIsWrittenAndRead() throws Exception {
    Replace replace = new Replace(5_123_456_789_012L, true);
    Mark mark = new Mark(-7);
    Mark telling = new Mark(8, true);

    assertThat(Message.decode(1002, ByteBuffer.wrap(replace.payload()))).isEqualTo(replace);
    assertThat(Message.decode(1003, ByteBuffer.wrap(mark.payload()))).isEqualTo(mark);
    assertThat(mark.payload()).as("as always").hasSize(4);
    assertThat(Message.decode(1003, ByteBuffer.wrap(telling.payload()))).isEqualTo(telling);
    assertThatThrownBy(() -> Message.decode(1002, ByteBuffer.allocate(8)))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> Message.decode(1003, ByteBuffer.allocate(3)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aServerAnswersWithTheIdOfItsClock() throws Exception {
    ServerSettings settings =
        new ServerSettings(1000, 0, false, 100, Optional.of(new ServerExtension(1, "boot/0")));
    String plain = "{\"bufferMs\":1000,\"latency\":0,\"muted\":false,\"volume\":100";

    assertThat(new ServerSettings(1000, 0, false, 100).payload()).isEqualTo(payload(plain + "}"));
    assertThat(settings.payload())
        .isEqualTo(payload(plain + ",\"tutti\":{\"v\":1,\"clockId\":\"boot/0\"}}"));
    assertThat(Message.decode(ServerSettings.TYPE, ByteBuffer.wrap(settings.payload())))
        .isEqualTo(settings);
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws Exception {
    Hello hello =
        (Hello)
            read(
                Hello.TYPE,
                "{\"tutti\":{\"v\":7,\"report\":true,\"speed\":3,\"no\":false,\"x\":{\"y\":true}}}");
    ServerSettings settings =
        (ServerSettings)
            read(ServerSettings.TYPE, "{\"tutti\":{\"v\":7,\"clockId\":\"a\",\"more\":[1]}}");

    assertThat(hello.extension()).contains(new PlayerExtension(7, Set.of("report")));
    assertThat(settings.extension()).contains(new ServerExtension(7, "a"));
  }

  @Test
  void aKeyThatSaysNothingThatCanBeIsNoAnnouncement() throws Exception {
    for (String value :
        new String[] {
          "null",
          "7",
          "\"1\"",
          "[]",
          "{}",
          "{\"v\":0}",
          "{\"v\":-1}",
          "{\"v\":1001}",
          "{\"v\":1.0}",
          "{\"v\":\"1\"}",
          "{\"v\":99999999999}",
          "{\"v\":{\"v\":1}}"
        }) {
      String json = "{\"tutti\":" + value + "}";
      assertThat(((Hello) read(Hello.TYPE, json)).extension()).as(json).isEmpty();
      assertThat(((ServerSettings) read(ServerSettings.TYPE, json)).extension()).as(json).isEmpty();
    }
  }

  @Test
  void aClockIdOfAbsurdLengthIsNoAnswer() throws Exception {
    String json = "{\"tutti\":{\"v\":1,\"clockId\":\"" + "x".repeat(129) + "\"}}";

    assertThat(((ServerSettings) read(ServerSettings.TYPE, json)).extension()).isEmpty();
  }

  @Test
  void aReportIsWrittenAndRead() throws Exception {
    ByteBuffer frame = REPORT.frame(0, 0, 5_000_000, 5_000_000);

    assertThat(BaseHeader.decode(frame.duplicate()))
        .isEqualTo(new BaseHeader(1001, 0, 0, 5_000_000, 5_000_000, payload(REPORT_TEXT).length));
    assertThat(REPORT.payload()).isEqualTo(payload(REPORT_TEXT));
    assertThat(read(Report.TYPE, REPORT_TEXT)).isEqualTo(REPORT);
  }

  @Test
  void aReportWithMoreInItIsRead() throws Exception {
    assertThat(
            read(
                Report.TYPE, REPORT_TEXT.replace("{\"playing\"", "{\"mood\":\"good\",\"playing\"")))
        .isEqualTo(REPORT);
  }

  @Test
  void s0_73_aReportOfAnEarlierVersionSaysNothingOfAFallback() throws Exception {
    String earlier = REPORT_TEXT.substring(0, REPORT_TEXT.indexOf(",\"mode\"")) + "}";
    Report report = (Report) read(Report.TYPE, earlier);
    assertThat(report.fallback()).isEqualTo(Report.Fallback.NONE);
    assertThat(report.software()).isEqualTo(REPORT.software());
  }

  @Test
  void anAbsurdReportIsRefused() {
    for (String[] change :
        new String[][] {
          {"\"errorMicros\":-12,", ""},
          {"\"errorMicros\":-12", "\"errorMicros\":-1000000001"},
          {"\"errorMicros\":-12", "\"errorMicros\":99999999999999999999"},
          {"\"boundMicros\":410", "\"boundMicros\":-2"},
          {"\"boundMicros\":410", "\"boundMicros\":1e9"},
          {"\"driftPpb\":-17250", "\"driftPpb\":10000001"},
          {"\"bufferMs\":980", "\"bufferMs\":-1"},
          {"\"bufferMs\":980", "\"bufferMs\":86400001"},
          {"\"underruns\":1", "\"underruns\":-1"},
          {"\"roundTripMicros\":900", "\"roundTripMicros\":\"900\""},
          {"\"mode\":\"stream\"", "\"mode\":\"loud\""},
          {"\"switches\":2", "\"switches\":-1"},
          {"\"fallbackErrorMicros\":850", "\"fallbackErrorMicros\":-2"},
          {"ALSA hw:0", "x".repeat(257)},
          {"ALSA hw:0", "two\\nlines"},
          {"ALSA hw:0", "\\u001b[31m"},
          {"{\"playing\"", "{\"w\":[" + "1,".repeat(2000) + "1],\"playing\""}
        }) {
      String absurd = REPORT_TEXT.replace(change[0], change[1]);
      assertThat(absurd).isNotEqualTo(REPORT_TEXT);
      assertThatThrownBy(() -> read(Report.TYPE, absurd))
          .as(change[1])
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void mutatedReportsAreReadOrRefusedAndNothingElse() {
    byte[] original = REPORT.payload();
    int refused = 0;
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = original.clone();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Message.decode(Report.TYPE, ByteBuffer.wrap(bytes));
      } catch (ProtocolException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anExtensionThatNobodyKnowsIsRefusedByItsNumber() {
    assertThatThrownBy(() -> read(1999, "{}"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("1999");
  }
}
