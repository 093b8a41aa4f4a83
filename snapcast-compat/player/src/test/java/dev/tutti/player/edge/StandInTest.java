package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.mixer.Volume;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.sessions.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandInTest {
  private final List<String> asked = new ArrayList<>();
  private final StandIn standIn =
      new StandIn(
          new Upstream() {
            @Override
            public void begin(Hello hello) {
              asked.add("begin " + hello.clientId());
            }

            @Override
            public void volumeChanged(Volume volume) {
              asked.add("volume " + volume.percent());
            }

            @Override
            public int bufferMs() {
              return 1000;
            }

            @Override
            public void end() {
              asked.add("end");
            }
          },
          300);

  private static Arrival arrival(String id) {
    return new Arrival(id, EdgeRoom.hello(id), "127.0.0.1", false);
  }

  @Test
  void nobodyIsUpstreamBeforeAClientHasCome() {
    standIn.step(0);
    assertThat(asked).isEmpty();
  }

  @Test
  void aClientIsSilentUntilTheHouseHasSaidHowLoud() {
    assertThat(standIn.arrived(arrival("a")))
        .hasValueSatisfying(place -> assertThat(place.muted()).isTrue());
    assertThat(standIn.told(new Volume(30, false)).volumePercent()).isEqualTo(30);
  }

  @Test
  void aClientThatWasStartedAnewIsNoNewsToTheHouse() {
    standIn.arrived(arrival("a"));
    standIn.told(new Volume(30, false));
    standIn.departed("a");
    standIn.step(1_000_000);
    standIn.step(1_000_000 + StandIn.GRACE_MICROS - 1);
    assertThat(standIn.arrived(arrival("a")))
        .hasValueSatisfying(place -> assertThat(place.volumePercent()).isEqualTo(30));
    standIn.step(1_000_000_000);
    assertThat(asked).containsExactly("begin a");
  }

  @Test
  void aClientThatIsGoneIsGoneInTheHouseToo() {
    standIn.arrived(arrival("a"));
    standIn.departed("a");
    assertThat(standIn.step(1_000_000)).isEqualTo(1_000_000 + StandIn.GRACE_MICROS);
    standIn.step(1_000_000 + StandIn.GRACE_MICROS);
    assertThat(asked).containsExactly("begin a", "end");
    assertThat(standIn.step(2_000_000_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anotherClientIsRefusedWhileOneIsThere() {
    standIn.arrived(arrival("a"));
    assertThat(standIn.refusal(arrival("b")))
        .map(ErrorMessage::message)
        .contains("this edge stands for a");
    assertThat(standIn.refusal(arrival("a"))).isEmpty();
  }

  @Test
  void anotherClientMayTakeThePlaceOfOneThatLeft() {
    standIn.arrived(arrival("a"));
    standIn.told(new Volume(30, false));
    standIn.departed("a");
    assertThat(standIn.refusal(arrival("b"))).isEmpty();
    assertThat(standIn.arrived(arrival("b")))
        .hasValueSatisfying(place -> assertThat(place.muted()).isTrue());
    assertThat(asked).containsExactly("begin a", "end", "begin b");
  }
}
