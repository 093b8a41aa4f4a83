package dev.tutti.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final List<Announcement> SERVICES = Announcement.stream(1704);

  private final VirtualTime time = new VirtualTime();
  private final FakeNetworks networks = new FakeNetworks();
  private final List<FakeResponder> responders = new ArrayList<>();
  private final Discovery discovery = new Discovery(SERVICES, networks, time, this::open);
  private boolean broken;

  private static final class FakeNetworks implements LocalNetworks {
    List<InetAddress> addresses = List.of();

    @Override
    public List<InetAddress> addresses() {
      return addresses;
    }

    @Override
    public Optional<InetAddress> outward() {
      return addresses.stream().findFirst();
    }
  }

  private static final class FakeResponder implements Responder {
    final InetAddress at;
    final List<Announcement> what;
    int closings;

    FakeResponder(InetAddress at, List<Announcement> what) {
      this.at = at;
      this.what = what;
    }

    @Override
    public void close() {
      closings++;
    }
  }

  private Responder open(InetAddress at, List<Announcement> what) throws IOException {
    if (broken) {
      throw new IOException("no multicast here");
    }
    FakeResponder responder = new FakeResponder(at, what);
    responders.add(responder);
    return responder;
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void look() {
    time.run(Discovery.LOOK_PERIOD);
  }

  @Test
  void startingDoesNothingOnTheCallersThread() {
    networks.addresses = List.of(ip("10.0.0.1"));
    discovery.start();
    assertThat(responders).isEmpty();
  }

  @Test
  void announcesEverythingOnEveryNetwork() {
    networks.addresses = List.of(ip("10.0.0.1"), ip("192.168.1.2"));
    discovery.start();
    look();
    assertThat(discovery.present()).containsExactlyInAnyOrder(ip("10.0.0.1"), ip("192.168.1.2"));
    assertThat(responders).allSatisfy(each -> assertThat(each.what).isEqualTo(SERVICES));
  }

  @Test
  void followsTheMachinesAddresses() {
    networks.addresses = List.of(ip("10.0.0.1"));
    discovery.start();
    look();
    networks.addresses = List.of(ip("10.0.0.7"));
    look();
    look();
    assertThat(discovery.present()).containsExactly(ip("10.0.0.7"));
    assertThat(responders.getFirst().closings).isEqualTo(1);
    assertThat(responders).hasSize(2);
  }

  @Test
  void triesAgainWhereItFailed() {
    broken = true;
    networks.addresses = List.of(ip("10.0.0.1"));
    discovery.start();
    look();
    assertThat(discovery.present()).isEmpty();
    broken = false;
    look();
    look();
    assertThat(discovery.present()).containsExactly(ip("10.0.0.1"));
  }

  @Test
  void withdrawsAtTheEndAndLooksNoMore() {
    networks.addresses = List.of(ip("10.0.0.1"));
    discovery.start();
    look();
    discovery.close();
    networks.addresses = List.of(ip("10.0.0.1"), ip("10.0.0.2"));
    look();
    assertThat(responders)
        .singleElement()
        .satisfies(each -> assertThat(each.closings).isEqualTo(1));
  }

  @Test
  void doesNotWaitLongForAGoodbyeThatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    networks.addresses = List.of(ip("10.0.0.1"));
    Discovery hanging =
        new Discovery(
            SERVICES,
            networks,
            time,
            (at, what) ->
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    hanging.start();
    look();
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), hanging::close);
    never.countDown();
  }

  @Test
  void staysAwayFromTheNetworkWhenThereIsNothingToAnnounce() {
    networks.addresses = List.of(ip("10.0.0.1"));
    new Discovery(List.of(), networks, time, this::open).start();
    look();
    assertThat(responders).isEmpty();
  }

  @Test
  void namesTheTypesOfEverySnapcastRelease() {
    List<String> types = new ArrayList<>();
    Announcement.stream(1704).forEach(each -> types.add(each.type()));
    Announcement.control(1705).forEach(each -> types.add(each.type()));
    Announcement.http(1780).forEach(each -> types.add(each.type()));
    assertThat(types)
        .containsExactlyInAnyOrder(
            "_snapcast._tcp",
            "_snapcast-stream._tcp",
            "_snapcast-jsonrpc._tcp",
            "_snapcast-tcp._tcp",
            "_snapcast-ctrl._tcp",
            "_snapcast-http._tcp");
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThatThrownBy(() -> new Announcement("_snapcast._tcp", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
