package dev.tutti.audio.codec.ogg;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds places in an Ogg file by the positions its pages carry. */
public final class OggSeek {
  /** Bisection ends when so little is left to walk through. */
  private static final int NEAR_BYTES = 2 * OggPage.MAX_BYTES;

  private final ByteFile in;
  private final int serial;
  private final long dataAt;

  /**
   * @param dataAt where the pages behind the headers begin
   */
  public OggSeek(ByteFile in, OggPackets packets, long dataAt) {
    this.in = in;
    this.serial = packets.serial();
    this.dataAt = dataAt;
  }

  /**
   * A page to begin at.
   *
   * @param place where in the file it begins
   * @param granule the position at the end of its last packet
   */
  public record Start(long place, long granule) {}

  /**
   * The position at the end of the file.
   *
   * @return empty if the file does not end with this stream
   */
  public OptionalLong lastGranule() throws IOException {
    for (long tail = NEAR_BYTES; ; tail *= 4) {
      long from = Math.max(dataAt, in.size() - tail);
      OptionalLong last = OptionalLong.empty();
      Optional<OggPage> page = OggPage.find(in, from, in.size());
      while (page.isPresent()) {
        if (page.get().serial() == serial && page.get().granule() >= 0) {
          last = OptionalLong.of(page.get().granule());
        }
        page = OggPage.find(in, page.get().end(), in.size());
      }
      if (last.isPresent() || from == dataAt || tail > 64L * NEAR_BYTES) {
        return last;
      }
    }
  }

  /**
   * The last page that ends at a position or before, and on which a packet begins and ends, so that
   * a decoder fed from there knows where it is.
   *
   * @return empty if there is none: begin at the beginning
   */
  public Optional<Start> before(long position) throws IOException {
    long low = dataAt;
    long high = in.size();
    while (high - low > NEAR_BYTES) {
      long middle = low + (high - low) / 2;
      Optional<OggPage> page = usable(middle, high);
      if (page.isPresent() && page.get().granule() <= position) {
        low = page.get().place();
      } else {
        high = middle;
      }
    }
    Optional<Start> best = Optional.empty();
    Optional<OggPage> page = usable(low, in.size());
    while (page.isPresent() && page.get().granule() <= position) {
      best = Optional.of(new Start(page.get().place(), page.get().granule()));
      page = usable(page.get().end(), in.size());
    }
    return best;
  }

  private Optional<OggPage> usable(long from, long to) throws IOException {
    Optional<OggPage> page = OggPage.find(in, from, to);
    while (page.isPresent()
        && (page.get().serial() != serial
            || page.get().granule() < 0
            || !page.get().holdsWholePacket())) {
      page = OggPage.find(in, page.get().end(), to);
    }
    return page;
  }
}
