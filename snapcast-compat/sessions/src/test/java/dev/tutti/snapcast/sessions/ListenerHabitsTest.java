package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import dev.tutti.snapcast.sessions.FakeOutlet.Got;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stream clients other than snapclient on a computer, with the habits that set them apart
 * (reference: protocol sections 2.3 to 2.6 and 4.3), and with what they do not check.
 */
class ListenerHabitsTest {
  private static final String BOARD = "24:6F:28:AA:BB:CC";
  private static final String PHONE = "8c2f6f3e-6f0c-4f5e-9b0a-1d2c3b4a5f60";

  private static Hello esp32() {
    return new Hello(
        BOARD,
        "snapclient",
        "0.1.0",
        "libsnapcast",
        "esp32",
        "xtensa",
        1,
        BOARD,
        2,
        Optional.empty());
  }

  private static Hello snapdroid(int instance) {
    return new Hello(
        "00:00:00:00:00:00",
        "Pixel",
        "0.29.0",
        "Snapclient",
        "Android 14",
        "arm64-v8a",
        instance,
        PHONE,
        2,
        Optional.empty());
  }

  /** Asks only once it knows what to decode: quickly nineteen times, then once a second. */
  private static void keepTimeAsABoard(House house, House.Client board) {
    house.run(5_000);
    assertThat(board.outlet.talk()).containsExactly(ServerSettings.TYPE, CodecHeader.TYPE);
    for (int i = 0; i < 19; i++) {
      board.time();
      house.run(10_000);
    }
    board.keepTime();
  }

  @ParameterizedTest
  @ValueSource(strings = {"opus", "flac", "pcm"})
  void aBoardGetsWhatItCanDecodeAndNoMessageThatWouldConfuseIt(String codec) {
    House house = new House();
    house.stream("music", codec);
    House.Client board = house.connect().send(esp32());
    keepTimeAsABoard(house, board);
    house.run(5_000_000);

    assertThat(board.outlet.all(CodecHeader.class)).hasSize(1);
    assertThat(board.outlet.all(CodecHeader.class).getFirst().codec()).isEqualTo(codec);
    // An empty message of a type it does not know takes it out of step.
    assertThat(board.outlet.got()).allMatch(got -> got.header().size() > 0);
    assertThat(board.outlet.got())
        .extracting(got -> got.header().type())
        .containsOnly(ServerSettings.TYPE, CodecHeader.TYPE, WireChunk.TYPE, Time.TYPE);
    assertThat(house.registry().placeOf(BOARD)).as("its id keeps its case").isNotNull();
  }

  /** It sizes its buffers by the first packet. */
  @Test
  void aBoardsOpusPacketsAreAllOfOneShortLength() {
    House house = new House();
    house.stream("music", "opus");
    House.Client board = house.connect().send(esp32());
    keepTimeAsABoard(house, board);
    house.run(2_000_000);

    List<Long> times = board.outlet.chunkTimes();
    assertThat(times).hasSizeGreaterThan(50);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isBetween(19_990L, 20_010L);
    }
  }

  @Test
  void aSmallBoardHoldsNoMoreThanItsOwnBufferEvenAsItJoins() {
    House house = new House(new SessionPolicy(1000, Map.of(BOARD, 500), false, 4096));
    House.Client big = house.join("kitchen");
    house.run(3_000_000);
    House.Client board = house.connect().send(esp32());
    keepTimeAsABoard(house, board);
    house.run(10_000_000);

    assertThat(board.outlet.all(ServerSettings.class).getFirst().bufferMs()).isEqualTo(500);
    assertThat(board.outlet.chunks().toList())
        .isNotEmpty()
        .allSatisfy(got -> assertThat(heardAt(got, 500_000) - got.atMicros()).isLessThan(520_000));
    // The same sample at the same instant as in the kitchen.
    assertThat(heard(big, 1_000_000)).containsAll(heard(board, 500_000));
  }

  private static List<Long> heard(House.Client client, long bufferMicros) {
    return client.outlet.chunks().map(got -> heardAt(got, bufferMicros)).toList();
  }

  private static long heardAt(Got chunk, long bufferMicros) {
    return ((WireChunk) chunk.message()).timestampMicros() + bufferMicros;
  }

  /** It is never sent an Error, which clients before 0.32 end the connection for. */
  @Test
  void aPhoneAsksForTheTimeWithoutWaitingForTheAnswerToItsHello() {
    House house = new House();
    House.Client phone = house.connect().send(snapdroid(1)).time();
    house.run(100_000);

    assertThat(phone.outlet.talk())
        .containsExactlyInAnyOrder(ServerSettings.TYPE, CodecHeader.TYPE, Time.TYPE);
    Got settings = first(phone, ServerSettings.TYPE);
    assertThat(settings.header().refersTo()).isEqualTo(2);
    assertThat(first(phone, Time.TYPE).header().refersTo()).isEqualTo(3);
    assertThat(phone.outlet.talk().indexOf(ServerSettings.TYPE))
        .isLessThan(phone.outlet.talk().indexOf(CodecHeader.TYPE));
    assertThat(phone.outlet.all(ErrorMessage.class)).isEmpty();
    assertThat(phone.outlet.chunkTimes()).isNotEmpty();
  }

  private static Got first(House.Client client, int type) {
    return client.outlet.got().stream()
        .filter(got -> got.header().type() == type)
        .findFirst()
        .orElseThrow();
  }

  /** A phone changes networks without a goodbye, and its request numbers go on. */
  @Test
  void aPhoneThatComesBackFromElsewhereTakesItsOwnPlaceAgain() {
    House house = new House();
    House.Client before = house.connect("192.168.0.20").send(snapdroid(1)).keepTime();
    house.run(2_000_000);
    before.fallSilent();
    house.run(3_000_000);
    House.Client after = house.connect("10.8.0.7").time().time().send(snapdroid(1)).keepTime();
    house.run(1_000_000);

    assertThat(before.session.closed()).isTrue();
    assertThat(after.session.closed()).isFalse();
    assertThat(first(after, ServerSettings.TYPE).header().refersTo()).isEqualTo(4);
    assertThat(house.server().sessions().clientIds()).containsExactly(PHONE);
    assertThat(after.outlet.chunkTimes()).isNotEmpty();
  }

  @Test
  void twoInstancesOnOnePhoneAreTwoClients() {
    House house = new House();
    house.connect().send(snapdroid(1)).keepTime();
    house.connect().send(snapdroid(2)).keepTime();
    house.run(1_000_000);

    assertThat(house.server().sessions().clientIds())
        .containsExactlyInAnyOrder(PHONE, PHONE + "#2");
  }

  /** Its clock starts with the page, so that the difference is as large as can be. */
  @Test
  void aBrowsersTimeIsAnsweredWithTheReceiveTimeItReadsInTheWrongPlace() {
    House house = new House();
    House.Client page = house.connect();
    page.send(
        new Hello(
            "00:00:00:00:00:00",
            "Snapweb client",
            "0.9.1",
            "Snapweb",
            "Linux x86_64",
            "web",
            1,
            "5d8b9b2e-0b1f-4b0e-8d7c-1a2b3c4d5e6f",
            2,
            Optional.empty()));
    ByteBuffer garbage = new Time(-123_456_789_012L).frame(2, 0, 1_000, 0);
    page.bytes(garbage);
    house.run(10_000);

    BaseHeader reply = first(page, Time.TYPE).header();
    assertThat(reply.receivedMicros()).isEqualTo(House.START);
    assertThat(reply.sentMicros()).isEqualTo(House.START);
    assertThat(page.outlet.all(Time.class)).containsExactly(new Time(House.START - 1_000));
  }

  @Test
  void aClientThatKnowsOnlyHalfOfHelloIsTakenIn() {
    House house = new House();
    House.Client odd =
        house
            .connect("192.168.0.99")
            .send(new Hello("", "", "", "", "", "", 1, "", 2, Optional.empty()))
            .keepTime();
    house.run(1_000_000);

    assertThat(odd.session.clientId()).isEqualTo("192.168.0.99");
    assertThat(odd.outlet.chunkTimes()).isNotEmpty();
  }
}
