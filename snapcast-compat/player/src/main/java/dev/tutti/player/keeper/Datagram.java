package dev.tutti.player.keeper;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What players send each other: a question for the time, or its answer. All have the same length,
 * so that a question takes as long as its answer, and nobody can be flooded by asking in his name.
 * A value; any thread.
 *
 * @param answer whether it answers
 * @param sender who sends it, a number that it drew when it was started
 * @param to whom it is for; 0 if that is not known
 * @param number counts what the sender sends
 * @param refersTo the number of the question that is answered; 0 for a question
 * @param receivedMicros when that question came, on the clock of the claim
 * @param sentMicros when this was sent, on that clock
 * @param claim by what the sender goes
 */
record Datagram(
    boolean answer,
    long sender,
    long to,
    long number,
    long refersTo,
    long receivedMicros,
    long sentMicros,
    Claim claim) {
  /** Of each, with its seal. */
  static final int BYTES = 104 + Seal.BYTES;

  private static final int MAGIC = 0x54754b50;
  private static final byte VERSION = 1;
  private static final byte ASK = 1;
  private static final byte TELL = 2;

  /** Clocks show less than that for thousands of years. */
  private static final long FARTHEST = 1L << 60;

  /** Ready to be sent. */
  ByteBuffer sealed(Seal seal) {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putInt(MAGIC)
        .put(VERSION)
        .put(answer ? TELL : ASK)
        .put((byte) claim.hops())
        .put((byte) (claim.served() ? 1 : 0));
    out.putLong(sender).putLong(to).putLong(number).putLong(refersTo);
    out.putLong(receivedMicros).putLong(sentMicros);
    out.putLong(claim.clock()).putLong(claim.keeper());
    out.putLong(claim.parent()).putLong(claim.lineage());
    out.putInt(claim.ageMicros()).putInt(claim.boundMicros()).putInt(claim.growthPpb()).putInt(0);
    seal.put(out);
    return out.flip();
  }

  /** Reads one; nothing unless it has the right length, seal and numbers that can be. */
  static Optional<Datagram> open(ByteBuffer in, Seal seal) {
    if (in.remaining() != BYTES || !seal.holds(in)) {
      return Optional.empty();
    }
    boolean known = in.getInt() == MAGIC && in.get() == VERSION;
    byte type = in.get();
    int hops = in.get();
    byte served = in.get();
    Datagram read =
        new Datagram(
            type == TELL,
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            new Claim(
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                hops,
                served == 1,
                in.getInt(),
                in.getInt(),
                in.getInt()));
    return known && (type == ASK || type == TELL) && read.canBe()
        ? Optional.of(read)
        : Optional.empty();
  }

  private boolean canBe() {
    return number > 0
        && (answer ? refersTo > 0 : refersTo == 0)
        && Math.abs(receivedMicros) < FARTHEST
        && Math.abs(sentMicros) < FARTHEST
        && within(claim.hops(), Claim.MOST_HOPS)
        && within(claim.ageMicros(), Claim.MOST_AGE_MICROS)
        && within(claim.boundMicros(), Claim.MOST_BOUND_MICROS)
        && within(claim.growthPpb(), Claim.MOST_GROWTH_PPB);
  }

  private static boolean within(int value, int most) {
    return value >= 0 && value <= most;
  }
}
