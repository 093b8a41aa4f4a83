package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a player says and keeps (reference 2 and 5; issue 4 item 5). */
class ServerSessionTest {
  private final FakeServer server = new FakeServer();

  @Test
  void saysHelloFirstAndAsksForTheTimeAtOnce() {
    server.run(0.001);

    assertThat(server.said.getFirst()).isInstanceOf(Hello.class);
    assertThat(server.said.get(1)).isInstanceOf(Time.class);
  }

  @Test
  void takesOverTheServerSSettingsAtAnyTime() {
    server.run(0.1);
    server.tell(new ServerSettings(400, 30, true, 17));

    assertThat(server.session.settings()).isEqualTo(new ServerSettings(400, 30, true, 17));
  }

  @Test
  void settingsBeyondReasonAreCutToIt() {
    server.run(0.1);
    server.tell(new ServerSettings(-5, 0, false, 4000));

    assertThat(server.session.settings().bufferMs()).isZero();
    assertThat(server.session.settings().volumePercent()).isEqualTo(100);
  }

  @Test
  void keepsWhatItWasSentInOrder() {
    server.serving(FakeServer.PCM).stream(0.4);

    assertThat(drain()).hasSize(20).isSorted();
  }

  @Test
  void aConnectionThatDropsCostsNothingOfTheQueue() {
    server.serving(FakeServer.PCM).stream(1);
    server.goAway();
    server.run(0.2);
    server.comeBack();
    server.run(0.5);

    assertThat(server.session.isConnected()).isTrue();
    assertThat(server.queue.size()).isEqualTo(50);
  }

  @Test
  void whatAServerSendsAgainAfterAReconnectIsKeptOnce() {
    server.serving(FakeServer.PCM).stream(0.5);
    long first = server.queue.poll().timestampMicros();
    server.goAway();
    server.comeBack();
    server.serving(FakeServer.PCM);
    for (int i = 0; i < 40; i++) {
      server.chunk(first + i * FakeServer.CHUNK_MICROS, 100);
    }

    assertThat(drain()).hasSize(39).isSorted().doesNotHaveDuplicates();
    assertThat(server.session.counts().repeated()).isPositive();
  }

  @Test
  void anotherStreamTakesOverFromItsFirstChunkOn() {
    server.serving(FakeServer.PCM).stream(0.5);
    long from = server.serverMicros() - 200_000;
    server.serving(FakeServer.head("pcm", 44_100));
    server.chunk(from, 100);

    List<Long> kept = drain();
    assertThat(kept).isSorted();
    assertThat(kept.getLast()).isEqualTo(from);
  }

  @Test
  void chunksOfAServerWhoseClockRestartedAreUnderstood() {
    server.serving(FakeServer.PCM).stream(0.5);
    server.goAway();
    server.serverAhead = -40_000_000;
    server.comeBack();
    server.run(0.3);
    server.serving(FakeServer.PCM).stream(0.5);

    assertThat(server.clock.view().epoch()).isEqualTo(1);
    assertThat(server.queue.size()).isEqualTo(50);
  }

  @Test
  void aChunkThatComesTooLateOrFromAFarFutureIsLeftOut() {
    server.serving(FakeServer.PCM);
    server.chunk(server.serverMicros() - 1_500_000, 100);
    server.chunk(server.serverMicros() + 15_000_000, 100);
    server.chunk(server.serverMicros(), 100);

    assertThat(drain()).hasSize(1);
    assertThat(server.session.counts().late()).isEqualTo(1);
    assertThat(server.session.counts().refused()).isEqualTo(1);
  }

  @Test
  void givesUpAServerThatDoesNotAnswerAndOneThatFallsSilent() {
    server.answers = false;
    server.run(4);
    int unanswered = server.attempts.size();
    server.answers = true;
    server.run(5);
    server.answers = false;
    server.run(6);

    assertThat(unanswered).isGreaterThan(1);
    assertThat(server.attempts.size()).isGreaterThan(unanswered + 1);
  }

  @Test
  void triesAgainWithin400MsForAMinuteAndEveryFewSecondsForEver() {
    server.goAway();
    server.run(55);
    int inAMinute = server.attempts.size();
    server.run(3600);
    int inAnHour = server.attempts.size() - inAMinute;

    assertThat(gaps(server.attempts.subList(0, inAMinute))).allMatch(gap -> gap <= 401_000);
    assertThat(inAnHour).isBetween(700, 2000);
  }

  @Test
  void tellsTheServerWhenTheVolumeWasChangedAtTheDevice() {
    server.run(0.1);
    server.session.volumeChanged(33, true, server.nowMicros);

    assertThat(server.said.getLast())
        .isEqualTo(new dev.tutti.snapcast.protocol.ClientInfo(33, true));
  }

  @Test
  void aVolumeChangedWhileNoServerServesHoldsAndIsToldToTheNext() {
    server.run(0.1);
    server.goAway();
    server.run(0.2);
    server.session.volumeChanged(33, false, server.nowMicros);
    assertThat(server.session.settings().volumePercent()).isEqualTo(33);

    server.comeBack();
    server.run(1);

    assertThat(server.said).contains(new dev.tutti.snapcast.protocol.ClientInfo(33, false));
    assertThat(server.session.settings().volumePercent()).isEqualTo(33);
    server.tell(new ServerSettings(1000, 0, false, 50));
    assertThat(server.session.settings().volumePercent()).isEqualTo(50);
  }

  @Test
  void aMessageLongerThanTheProtocolAllowsEndsTheConnectionAndOnlyThat() {
    server.run(0.1);
    ByteBuffer absurd = ByteBuffer.allocate(26).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    absurd.putShort(0, (short) 2).putInt(22, Integer.MAX_VALUE);
    server.bytes(absurd);

    assertThat(server.open).isFalse();
    server.run(1);
    assertThat(server.session.isConnected()).isTrue();
  }

  private List<Long> drain() {
    List<Long> timestamps = new java.util.ArrayList<>();
    for (Chunk chunk = server.queue.poll(); chunk != null; chunk = server.queue.poll()) {
      timestamps.add(chunk.timestampMicros());
    }
    return timestamps;
  }

  private static List<Long> gaps(List<Long> instants) {
    List<Long> gaps = new java.util.ArrayList<>();
    for (int i = 1; i < instants.size(); i++) {
      gaps.add(instants.get(i) - instants.get(i - 1));
    }
    return gaps;
  }
}
