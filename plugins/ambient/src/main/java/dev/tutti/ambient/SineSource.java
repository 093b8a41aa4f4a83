package dev.tutti.ambient;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.Track;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.dsp.GainRamp;
import dev.tutti.audio.signal.Sine;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** A tone without an end, on all channels alike, eased in at its very beginning. */
final class SineSource implements OnDemandSource {
  private static final double DEFAULT_HZ = 1000;
  private static final double DEFAULT_GAIN_DB = -20;
  private static final double EASE_IN_MS = 20;

  private final int rate;
  private final Sine sine;
  private final Fade easeIn;
  private final Track track;
  private long frame;

  private SineSource(int rate, double hz, double gainDb) {
    this.rate = rate;
    this.sine = new Sine(hz, GainRamp.ofDb(gainDb), rate);
    this.easeIn = Fade.ofMillis(EASE_IN_MS, rate, Fade.Curve.EQUAL_GAIN);
    this.track =
        Track.titled(
            new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(hz)
                + " Hz");
  }

  static SineSource create(SourceRequest request) {
    int rate = request.format().rate();
    Options options = new Options(request.uri());
    double hz = options.number("hz", DEFAULT_HZ, 1, rate / 2.0 - 1);
    double gainDb = options.number("gainDb", DEFAULT_GAIN_DB, -120, 0);
    return new SineSource(rate, hz, gainDb);
  }

  @Override
  public boolean read(AudioBlock block) {
    int before = block.frames();
    sine.fill(block, frame);
    int made = block.frames() - before;
    easeIn.fadeIn(block.samples(), before, made, block.channels(), frame);
    block.exactBits(0);
    frame += made;
    return true;
  }

  @Override
  public String position() {
    return new Place(frame, rate, 0).toString();
  }

  @Override
  public void reposition(String token) {
    frame = Place.parse(token).at(rate).frame();
  }

  @Override
  public Track track() {
    return track;
  }

  @Override
  public boolean skipFrames(long frames) {
    frame += frames;
    return true;
  }
}
