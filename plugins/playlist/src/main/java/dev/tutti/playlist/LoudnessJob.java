package dev.tutti.playlist;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.measure.LoudnessMeter;
import dev.tutti.playlist.LibraryIndex.Entry;
import dev.tutti.playlist.LibraryIndex.Measured;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures tracks in the background, those that play next first, one at a time. Called by one timer
 * of the plugin.
 */
final class LoudnessJob {
  private static final int AHEAD = 4;

  private final System.Logger log;
  private final Map<String, Served> served = new ConcurrentHashMap<>();

  LoudnessJob(System.Logger log) {
    this.log = log;
  }

  private record Served(Library library, PlaylistSource source) {}

  private record Wanted(Library library, Item item) {}

  void serve(String streamId, Library library, PlaylistSource source) {
    served.put(streamId, new Served(library, source));
  }

  /** Measures the most urgent track, if one is left. */
  void measureOne() {
    Optional<Wanted> wanted =
        served.values().stream()
            .flatMap(s -> s.source().upcoming(AHEAD).stream().map(i -> new Wanted(s.library(), i)))
            .filter(LoudnessJob::unmeasured)
            .findFirst()
            .or(() ->
                served.values().stream()
                    .flatMap(s ->
                        s.library().catalog().items().stream().map(i -> new Wanted(s.library(), i)))
                    .filter(LoudnessJob::unmeasured)
                    .findFirst());
    wanted.ifPresent(w -> measure(w.library(), w.item()));
  }

  private static boolean unmeasured(Wanted wanted) {
    Entry entry = wanted.library().entry(wanted.item());
    return entry != null
        && entry.loudness() == null
        && entry.trackGainDb() == null
        && !wanted.library().isBroken(wanted.item())
        && !wanted.library().missingRoot(wanted.item());
  }

  private void measure(Library library, Item item) {
    try (Decoder decoder = Decoders.open(item.file())) {
      LoudnessMeter meter = new LoudnessMeter(decoder.format().rate(), decoder.format().channels());
      AudioBlock block = new AudioBlock(decoder.format().channels(), 4096);
      while (!Thread.currentThread().isInterrupted() && decoder.read(block.clear())) {
        meter.add(block.samples(), 0, block.frames());
      }
      if (!Thread.currentThread().isInterrupted()) {
        library.measured(item, new Measured(meter.integratedLufs(), meter.truePeakDb()));
      }
    } catch (IOException e) {
      // Playing would fail likewise: say so once, and leave it out.
      library.broken(item, e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (RuntimeException e) {
      log.log(Level.WARNING, "cannot measure the loudness of " + item.file(), e);
      library.measured(item, new Measured(-14, 0));
    }
  }
}
