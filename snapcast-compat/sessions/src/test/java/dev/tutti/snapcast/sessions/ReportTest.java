package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What those who look after the house are shown. */
class ReportTest {
  private final House house = new House();

  private SessionReport report(String clientId) {
    return house.server().sessions().report(house.now()).stream()
        .filter(report -> report.clientId().equals(clientId))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSessionIsShownWithWhoItIsAndWhatItHears() {
    house.join("kitchen");
    house.run(3_500_000);

    SessionReport report = report("kitchen");
    assertThat(report.hostName()).isEqualTo("kitchen-host");
    assertThat(report.software()).isEqualTo("Snapclient 0.26.0");
    assertThat(report.address()).isEqualTo("192.168.0.20");
    assertThat(report.feed()).isEqualTo("music");
    assertThat(report.codec()).isEqualTo("pcm");
    assertThat(report.bufferMs()).isEqualTo(1000);
    assertThat(report.connectedMicros()).isEqualTo(3_500_000);
    assertThat(report.sinceTimeMicros()).isEqualTo(500_000);
    assertThat(report.waitingBytes()).isZero();
    assertThat(report.stuckMicros()).isZero();
    assertThat(report.droppedChunks()).isZero();
  }

  @Test
  void theRoundTripIsTheShortestTimeInWhichAReplyBroughtTheNextRequest() {
    House.Client client = house.join("kitchen");
    assertThat(report("kitchen").roundTripMicros()).isEqualTo(-1);
    for (long micros : new long[] {4_100, 1_600, 9_000}) {
      house.run(micros);
      client.time();
    }
    house.run(2_000_000);

    assertThat(report("kitchen").roundTripMicros()).isEqualTo(1_500);
  }

  @Test
  void whatASlowClientMissesAndHowLongItsTimeRequestsWaitIsShown() {
    House.Client slow = house.join("slow");
    house.run(1_000_000);
    slow.room(100);
    house.run(2_500_000);
    SessionReport stuck = report("slow");
    assertThat(stuck.stuckMicros()).isPositive();
    assertThat(stuck.waitingBytes()).isPositive();
    assertThat(stuck.waitingChunks()).isPositive();

    slow.room(Long.MAX_VALUE);
    house.run(100_000);
    SessionReport free = report("slow");
    assertThat(free.droppedChunks()).isPositive();
    assertThat(free.stuckMicros()).isZero();
    assertThat(free.waitingChunks()).as("what waits for its turn").isLessThan(10);
    assertThat(free.worstReplyAgeMicros()).isGreaterThan(1_000_000);
  }

  @Test
  void anEncoderIsShownWithWhatItMade() {
    house.join("kitchen");
    house.run(5_000_000);

    List<FeedReport> reports = house.server().feeds().report(house.now());
    assertThat(reports).hasSize(1);
    FeedReport report = reports.getFirst();
    assertThat(report.feed()).isEqualTo("music");
    assertThat(report.codec()).isEqualTo("pcm");
    assertThat(report.format()).isEqualTo("48000:16:2");
    assertThat(report.leadMs()).isEqualTo(1000);
    assertThat(report.aheadMs()).isBetween(980L, 1020L);
    assertThat(report.bytes()).isEqualTo(report.chunks() * 20 * 48 * 4);
    assertThat(report.holes()).isZero();
  }

  @Test
  void aStrangerIsShownWithoutAName() {
    house.connect("10.0.0.9");
    assertThat(report("").address()).isEqualTo("10.0.0.9");
  }
}
