package dev.tutti.player.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.player.lab.Islander;
import dev.tutti.player.lab.Islands;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What players send each other, and what others could send them. */
class DatagramTest {
  private static final byte[] KEY = new byte[32];
  private static final InetSocketAddress ELSEWHERE = InetSocketAddress.createUnresolved("b", 1);

  private final Seal seal = new Seal(KEY);

  private static Datagram question(long number) {
    return new Datagram(false, 7, 0, number, 0, 0, 0, new Claim(11, 7, 7, 7, 0, false, 0, 500, 30));
  }

  @Test
  void isReadAsItWasWritten() {
    Claim claim = new Claim(11, 8, 9, 10, 3, true, 9_999_999, 20_001, 4711);
    Datagram answer = new Datagram(true, 7, 6, 5, 4, -3, 1L << 50, claim);
    assertThat(Datagram.open(answer.sealed(seal), new Seal(KEY))).contains(answer);
    assertThat(answer.sealed(seal).remaining())
        .isEqualTo(question(1).sealed(seal).remaining())
        .isEqualTo(Datagram.BYTES);
  }

  @Test
  void anotherKeyOpensNothing() {
    byte[] other = new byte[32];
    other[31] = 1;
    assertThat(Datagram.open(question(1).sealed(seal), new Seal(other))).isEmpty();
    assertThatThrownBy(() -> new Seal(new byte[15])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aChangedBitAnywhereIsNoticed() {
    byte[] bytes = question(1).sealed(seal).array();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Datagram.open(ByteBuffer.wrap(bytes), seal)).as("bit %d", bit).isEmpty();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(Datagram.open(ByteBuffer.wrap(bytes), seal)).isPresent();
  }

  @Test
  void garbageIsPassedOverEvenIfItIsWellSealed() {
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertThat(Datagram.open(ByteBuffer.wrap(bytes), seal)).isEmpty();
      ByteBuffer sealed = question(1).sealed(seal);
      for (int n = 0; n < 4; n++) {
        sealed.put(random.nextInt(Datagram.BYTES - Seal.BYTES), (byte) random.nextInt(256));
      }
      sealed.clear().position(Datagram.BYTES - Seal.BYTES);
      seal.put(sealed);
      read += Datagram.open(sealed.flip(), seal).isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(1, 20_000);
  }

  @Test
  void whatIsRepeatedIsAnsweredOnce() {
    Replays replays = new Replays();
    assertThat(replays.isNew(1, 10)).isTrue();
    assertThat(replays.isNew(1, 10)).isFalse();
    assertThat(replays.isNew(2, 10)).isTrue();
    assertThat(replays.isNew(1, 12)).isTrue();
    assertThat(replays.isNew(1, 11)).isTrue();
    assertThat(replays.isNew(1, 11)).isFalse();
    assertThat(replays.isNew(1, 100)).isTrue();
    assertThat(replays.isNew(1, 12)).isFalse();
    for (int sender = 3; sender < 10_000; sender++) {
      assertThat(replays.isNew(sender, 1)).isTrue();
    }
  }

  @Test
  void aQuestionIsAnsweredOnceAndAnAnswerToNobodyNever() {
    Islands room = new Islands(1, 1).run(10);
    List<ByteBuffer> sent = new ArrayList<>();
    TimeKeeper keeper = new TimeKeeper(42, (to, bytes) -> sent.add(bytes));
    Islander lender = room.players().getFirst();
    keeper.house(new House(KEY, List.of()));
    keeper.step(lender.known(), "boot/0", lender.local());
    ByteBuffer question = question(1).sealed(seal);
    keeper.received(ELSEWHERE, question.duplicate(), lender.local());
    keeper.received(ELSEWHERE, question.duplicate(), lender.local());
    assertThat(sent).hasSize(1);
    ByteBuffer answer = sent.getFirst();
    assertThat(Datagram.open(answer.duplicate(), seal).orElseThrow().refersTo()).isEqualTo(1);
    keeper.received(ELSEWHERE, answer, lender.local());
    assertThat(sent).hasSize(1);
  }
}
