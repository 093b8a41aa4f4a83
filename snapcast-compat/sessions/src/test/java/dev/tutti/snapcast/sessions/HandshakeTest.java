package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said, in which order, and with which ids (reference 2.3 to 2.5). */
class HandshakeTest {
  private final House house = new House();

  @Test
  void settingsAnswerTheHelloAndComeBeforeTheHeader() {
    House.Client client = house.connect().hello("kitchen");
    house.run(10_000);

    assertThat(client.outlet.talk()).containsExactly(ServerSettings.TYPE, CodecHeader.TYPE);
    BaseHeader settings = client.outlet.got().getFirst().header();
    assertThat(settings.id()).isZero();
    assertThat(settings.refersTo()).isEqualTo(client.lastId());
    assertThat(client.outlet.got().get(1).header().refersTo()).isZero();
    assertThat(client.outlet.all(ServerSettings.class))
        .containsExactly(new ServerSettings(1000, 0, false, 100));
    assertThat(client.outlet.all(CodecHeader.class))
        .containsExactly(CodecHeader.pcm(48_000, 16, 2));
  }

  @Test
  void aTimeRequestIsAnsweredAtOnceWithItsIdAndTheTimeOfItsArrival() {
    House.Client client = house.connect();
    house.run(1_000_000);
    client.time();

    FakeOutlet.Got reply = client.outlet.got().getFirst();
    assertThat(reply.header())
        .isEqualTo(new BaseHeader(Time.TYPE, 2, 2, house.now(), house.now(), 8));
    assertThat(reply.message()).isEqualTo(new Time(4_000_000_000L));
  }

  @Test
  void beforeItsHelloAConnectionGetsTimeRepliesAndNothingElse() {
    House.Client client = house.connect();
    house.join("other");
    for (int i = 0; i < 5; i++) {
      house.run(1_000_000);
      client.time().info(40, true);
    }

    assertThat(client.outlet.talk()).containsOnly(Time.TYPE).hasSize(5);
    assertThat(client.outlet.chunks()).isEmpty();
  }

  @Test
  void aConnectionWithoutHelloIsClosedAfterTenSeconds() {
    House.Client client = house.connect().keepTime();
    house.run(9_900_000);
    assertThat(client.outlet.closed()).isFalse();

    house.run(700_000);
    assertThat(client.outlet.closed()).isTrue();
    assertThat(house.registry().told()).isEmpty();
  }

  @Test
  void aClientThatNoLongerAsksForTheTimeIsTakenForGoneWithinFifteenSeconds() {
    House.Client client = house.join("kitchen");
    house.run(5_000_000);
    client.fallSilent();
    house.run(9_500_000);
    assertThat(client.outlet.closed()).isFalse();

    house.run(4_500_000);
    assertThat(client.outlet.closed()).isTrue();
    assertThat(house.registry().told()).last().isEqualTo("departed kitchen");
  }

  @Test
  void settingsArePushedWhenTheyChangeAndOnlyThen() {
    House.Client client = house.join("kitchen");
    house.run(2_000_000);
    client.outlet.forget();

    house.place("kitchen", new Place("music", 42, false, -30));
    house.place("kitchen", new Place("music", 42, false, -30));
    house.run(100_000);

    assertThat(client.outlet.all(ServerSettings.class))
        .containsExactly(new ServerSettings(1000, -30, false, 42));
    assertThat(client.outlet.got().getFirst().header().refersTo()).isZero();
    assertThat(client.outlet.all(CodecHeader.class)).isEmpty();
  }

  @Test
  void aVolumeSetAtTheDeviceIsReportedAndNotEchoed() {
    House.Client client = house.join("kitchen");
    house.run(2_000_000);
    client.outlet.forget();

    client.info(142, false);
    house.place("kitchen", house.registry().placeOf("kitchen"));
    house.run(100_000);

    assertThat(house.registry().told()).contains("volume kitchen 100");
    assertThat(client.outlet.all(ServerSettings.class)).isEmpty();
  }

  @Test
  void aSignOfLifeIsPassedOnOnceASecondHoweverManyThereAre() {
    House.Client client = house.join("kitchen");
    for (int i = 0; i < 50; i++) {
      client.time();
    }
    house.run(3_500_000);

    assertThat(house.registry().told().stream().filter("seen kitchen"::equals)).hasSize(4);
  }

  @Test
  void aSecondHelloIsANewRegistration() {
    House.Client client = house.join("kitchen");
    house.run(2_000_000);
    client.outlet.forget();

    client.hello("bath");
    house.run(10_000);

    assertThat(client.outlet.talk()).containsExactly(ServerSettings.TYPE, CodecHeader.TYPE);
    assertThat(client.outlet.got().getFirst().header().refersTo()).isEqualTo(client.lastId());
    assertThat(house.registry().told()).contains("departed kitchen", "arrived bath");
    assertThat(house.server().sessions().clientIds()).containsExactly("bath");
  }

  @Test
  void aRefusedClientIsClosed() {
    house.registry().refuse();
    House.Client client = house.connect().hello("kitchen");

    assertThat(client.outlet.closed()).isTrue();
    assertThat(client.outlet.got()).isEmpty();
    assertThat(house.registry().told()).containsExactly("arrived kitchen");
  }

  @Test
  void aClientWithoutIdIsKnownByItsHostName() {
    house.connect().hello("", "attic");
    house.connect("192.168.0.77").hello("", "");

    assertThat(house.registry().told()).containsExactly("arrived attic", "arrived 192.168.0.77");
  }

  @Test
  void aForgottenClientIsClosed() {
    House.Client client = house.join("kitchen");
    house.run(1_000_000);
    house.server().sessions().forget("kitchen", house.now());

    assertThat(client.outlet.closed()).isTrue();
  }

  @Test
  void aClientOfAStreamThatIsNotThereGetsItsHeaderWhenTheStreamComes() {
    house.registry().put("kitchen", new Place("later", 100, false, 0));
    House.Client client = house.join("kitchen");
    house.run(1_000_000);
    assertThat(client.outlet.all(CodecHeader.class)).isEmpty();

    house.stream("later", "opus");
    house.server().feeds().sourceChanged("later");
    house.run(1_000_000);
    assertThat(client.outlet.all(CodecHeader.class))
        .containsExactly(CodecHeader.opus(48_000, 16, 2));
    assertThat(client.outlet.all(WireChunk.class)).isNotEmpty();
  }

  @Test
  void aClientThatMayNotComeInIsToldWhyIfItUnderstandsThatAndHungUpOn() {
    ErrorMessage why = new ErrorMessage(401, "Unauthorized", "Authentication required");
    house.registry().close(why);
    House.Client young = house.connect().send(hello("Snapclient", "0.32.1"));
    House.Client old = house.connect().send(hello("Snapclient", "0.31.0"));
    House.Client page = house.connect().send(hello("Snapweb", "0.9.1"));
    house.run(10_000);

    assertThat(young.outlet.got()).hasSize(1);
    assertThat(young.outlet.got().getFirst().message()).isEqualTo(why);
    assertThat(young.outlet.got().getFirst().header().refersTo()).isEqualTo(young.lastId());
    assertThat(old.outlet.got()).isEmpty();
    assertThat(page.outlet.got()).isEmpty();
    assertThat(List.of(young, old, page)).allMatch(c -> c.outlet.closed());
    assertThat(house.registry().told()).isEmpty();
  }

  private static Hello hello(String program, String version) {
    return new Hello("", "h", version, program, "", "", 1, "kitchen", 2, Optional.empty());
  }

  @Test
  void anUnknownTypeEndsTheConnectionAndAKnownUnexpectedOneDoesNot() {
    House.Client client = house.connect().hello("kitchen");
    client.send(new ErrorMessage(401, "a", "b")).send(new ServerSettings(1, 2, false, 3));
    assertThat(client.outlet.closed()).isFalse();

    ByteBuffer unknown = ByteBuffer.allocate(BaseHeader.BYTES);
    new BaseHeader(9, 0, 0, 0, 0, 0).encode(unknown);
    client.bytes(unknown.flip());
    assertThat(client.outlet.closed()).isTrue();
  }

  @Test
  void aHelloThatLiesAboutItsSizeEndsTheConnection() {
    House.Client longer = house.connect();
    ByteBuffer lie =
        new Hello("", "h", "", "", "", "", 1, "kitchen", 2, Optional.empty()).frame(2, 0, 0, 0);
    lie.putInt(26, 100_000);
    longer.bytes(lie);
    House.Client huge = house.connect();
    ByteBuffer header = ByteBuffer.allocate(BaseHeader.BYTES);
    new BaseHeader(Hello.TYPE, 1, 0, 0, 0, 1_000_001).encode(header);
    huge.bytes(header.flip());

    assertThat(longer.outlet.closed()).isTrue();
    assertThat(huge.outlet.closed()).isTrue();
    assertThat(house.registry().told()).isEmpty();
  }

  @Test
  void moreClientsThanAllowedAreRefusedButTheirIdsMayComeBack() {
    House small = new House(new SessionPolicy(1000, Map.of(), false, 2));
    small.join("a");
    House.Client b = small.join("b");
    House.Client c = small.connect().hello("c");
    assertThat(c.outlet.closed()).isTrue();
    assertThat(b.outlet.closed()).isFalse();

    small.run(100_000);
    House.Client again = small.connect().hello("b", "b-host");
    assertThat(again.outlet.closed()).isFalse();
  }

  @Test
  void thousandsOfSilentConnectionsAreBoundedAndDoNotKeepClientsOut() {
    House.Client client = house.join("kitchen");
    for (int i = 0; i < 10_000; i++) {
      house.connect();
      if (i % 100 == 0) {
        house.run(25_000);
      }
    }
    assertThat(house.server().sessions().counts().connections())
        .isLessThanOrEqualTo(Sessions.MAX_STRANGERS + 1);
    house.run(3_000_000);
    House.Client late = house.join("bath");
    house.run(1_000_000);

    assertThat(client.outlet.closed()).isFalse();
    assertThat(late.outlet.all(WireChunk.class)).isNotEmpty();
    house.run(12_000_000);
    assertThat(house.server().sessions().counts().connections()).isEqualTo(2);
  }
}
