package dev.tutti.ambient;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.Track;
import dev.tutti.audio.signal.Ambient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The built-in piece as a source. Going to a place costs nothing but rendering one block. */
final class AmbientSource implements OnDemandSource {
  private static final Track TRACK =
      new Track(
          "ambient",
          "Tutti: first light",
          List.of("Tutti"),
          "",
          Optional.empty(),
          Optional.empty());

  private final int rate;
  private final boolean seedGiven;
  private long seed;
  private Ambient piece;
  private long frame;

  private AmbientSource(int rate, long seed, boolean seedGiven) {
    this.rate = rate;
    this.seed = seed;
    this.seedGiven = seedGiven;
    this.piece = new Ambient(seed, rate);
  }

  /**
   * @param randomSeed which piece to play where the address does not say
   */
  static AmbientSource create(SourceRequest request, long randomSeed) {
    boolean given = request.uri().option("seed").isPresent();
    long seed = new Options(request.uri()).whole("seed", randomSeed);
    return new AmbientSource(request.format().rate(), seed, given);
  }

  @Override
  public boolean read(AudioBlock block) {
    int before = block.frames();
    piece.fill(block, frame);
    frame += block.frames() - before;
    block.exactBits(0);
    return true;
  }

  @Override
  public String position() {
    return new Place(frame, rate, seed).toString();
  }

  @Override
  public void reposition(String token) {
    Place place = Place.parse(token).at(rate);
    // A seed in the configuration outlives the piece that was played before it was set.
    if (!seedGiven && place.seed() != seed) {
      seed = place.seed();
      piece = new Ambient(seed, rate);
    }
    frame = place.frame();
  }

  @Override
  public Track track() {
    return TRACK;
  }

  @Override
  public Optional<Duration> elapsed() {
    return Optional.of(Duration.ofMillis(1000 * (frame / rate) + 1000 * (frame % rate) / rate));
  }

  @Override
  public boolean skipFrames(long frames) {
    frame += frames;
    return true;
  }
}
