package dev.tutti.audio.codec.ogg;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The packets in a run of whole Ogg pages, as they come over a connection that keeps them intact
 * (check sums are not verified). Packets may go on from one run to the next. For one thread.
 */
final class OggPieces {
  private static final int HEAD_BYTES = 27;
  private static final int FULL_SEGMENT = 255;
  private static final int MAX_PACKET_BYTES = 256 * 1024;

  private final ByteArrayOutputStream packet = new ByteArrayOutputStream();

  /** Packets that end in these pages. Stops where something is not a page. */
  List<byte[]> packets(byte[] pages) {
    List<byte[]> whole = new ArrayList<>();
    int at = 0;
    while (at + HEAD_BYTES <= pages.length && isPage(pages, at)) {
      int segments = pages[at + HEAD_BYTES - 1] & 0xFF;
      int body = at + HEAD_BYTES + segments;
      if (body > pages.length) {
        break;
      }
      if ((pages[at + 5] & 1) == 0) {
        packet.reset();
      }
      for (int s = 0; s < segments; s++) {
        int length = pages[at + HEAD_BYTES + s] & 0xFF;
        if (body + length > pages.length) {
          return whole;
        }
        packet.write(pages, body, Math.min(length, MAX_PACKET_BYTES - packet.size()));
        body += length;
        if (length < FULL_SEGMENT) {
          whole.add(packet.toByteArray());
          packet.reset();
        }
      }
      at = body;
    }
    return whole;
  }

  private static boolean isPage(byte[] pages, int at) {
    return pages[at] == 'O' && pages[at + 1] == 'g' && pages[at + 2] == 'g' && pages[at + 3] == 'S';
  }
}
