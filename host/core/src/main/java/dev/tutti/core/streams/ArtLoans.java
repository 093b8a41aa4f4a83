package dev.tutti.core.streams;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.Track;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one stream's tracks. What is shown of a track outlives its source; a picture is
 * an object of the plugin, and whoever kept it would keep the plugin's classes. So others get a
 * stand-in, which finds the picture here while a source that lent it lives; the next source lends
 * the same one again. Thread-safe.
 */
final class ArtLoans {
  /** Pictures further back than this are shown nowhere. */
  private static final int MAX_PICTURES = 64;

  // Guarded by this.
  private final LinkedHashMap<String, Loan> loans = new LinkedHashMap<>();

  private record Loan(Art art, Lender lender) {}

  /** What one source lends, until it has ended. */
  final class Lender {
    private volatile @Nullable Track original;
    private volatile @Nullable Track lent;
    private volatile boolean ended;

    /**
     * The same track, with a stand-in for its picture; the same object for the same object. The
     * source's thread.
     */
    @SuppressWarnings("ReferenceEquality") // a source returns the same object while nothing changed
    Track lend(Track track) {
      Track before = lent;
      if (before != null && track == original) {
        return before;
      }
      Track now =
          track.art().isEmpty()
              ? track
              : new Track(
                  track.id(),
                  track.title(),
                  track.artists(),
                  track.album(),
                  track.duration(),
                  track.art().map(art -> ArtLoans.this.lend(art, this)));
      lent = null;
      original = track;
      lent = now;
      return now;
    }

    /** Forgets everything that was lent. Any thread. */
    void end() {
      ended = true;
      original = null;
      lent = null;
      takeBack(this);
    }
  }

  Lender lender() {
    return new Lender();
  }

  private synchronized Art lend(Art art, Lender lender) {
    String id = art.id();
    if (!lender.ended) {
      loans.remove(id);
      loans.put(id, new Loan(art, lender));
      if (loans.size() > MAX_PICTURES) {
        loans.pollFirstEntry();
      }
    }
    return new StandIn(this, id, art.mediaType());
  }

  private synchronized void takeBack(Lender lender) {
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, Loan> entry : loans.entrySet()) {
      if (Objects.equals(entry.getValue().lender(), lender)) {
        ids.add(entry.getKey());
      }
    }
    ids.forEach(loans::remove);
  }

  private synchronized Optional<Art> find(String id) {
    return Optional.ofNullable(loans.get(id)).map(Loan::art);
  }

  /** Equal to another one of the same bytes. */
  private record StandIn(ArtLoans loans, String id, String mediaType) implements Art {
    @Override
    public byte[] bytes() throws IOException {
      return loans
          .find(id)
          .orElseThrow(() -> new IOException("the source that had the picture is gone"))
          .bytes();
    }
  }
}
