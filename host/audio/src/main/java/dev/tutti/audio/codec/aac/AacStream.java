package dev.tutti.audio.codec.aac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import net.sourceforge.jaad.aac.ChannelConfiguration;
import net.sourceforge.jaad.aac.Decoder;
import net.sourceforge.jaad.aac.DecoderConfig;
import net.sourceforge.jaad.mp4.MP4Exception;

/** AAC through JAAD. A frame that it cannot decode becomes silence of the same length. */
final class AacStream implements CodedStream {
  /** Held, so that the setting below stays: JAAD talks a lot about damaged files. */
  private static final Logger CHATTER = Logger.getLogger("jaad");

  static {
    CHATTER.setUseParentHandlers(false);
  }

  /** Frames to decode before a frame sounds as it should: overlap one, band replication more. */
  private static final int PREROLL_UNITS = 6;

  /** How many frames to try for one that tells what they decode to. */
  private static final int MAX_PROBED_UNITS = 20;

  private static final int MAX_DAMAGED_IN_A_ROW = 500;
  private static final float SCALE = 1 / 32_768f;
  private static final byte[] NOTHING = {};

  /** AAC puts the centre first and the bass last. */
  private static final int[][] TO_WAVE = {
    {},
    {0},
    {0, 1},
    {1, 2, 0},
    {1, 2, 0, 3},
    {1, 2, 0, 3, 4},
    {1, 2, 0, 5, 3, 4},
    {0, 1, 2, 3, 4, 5, 6},
    {3, 4, 0, 7, 5, 6, 1, 2}
  };

  private final AccessUnits units;
  private final SampleFormat format;
  private final int unitFrames;
  private Decoder decoder;
  private float[] samples = new float[0];
  private int gotFrames;
  private int gotChannels;
  private int gotRate;
  private int nextUnit;
  private int damagedInARow;

  /**
   * @throws IOException with a readable reason if JAAD cannot decode it
   */
  AacStream(AccessUnits units) throws IOException {
    this.units = units;
    this.decoder = newDecoder();
    int unit = 0;
    while (!decode(units.read(unit).orElse(NOTHING))) {
      if (++unit == MAX_PROBED_UNITS || unit >= units.count()) {
        throw units.file().unreadable("is AAC that cannot be decoded here");
      }
    }
    if (gotRate < 8000 || gotRate > 384_000 || gotChannels < 1 || gotChannels > 8) {
      throw units.file().unreadable("claims " + gotChannels + " channels at " + gotRate + " Hz");
    }
    this.format = new SampleFormat(gotRate, 16, gotChannels);
    this.unitFrames = gotFrames;
    this.decoder = newDecoder();
  }

  private Decoder newDecoder() throws IOException {
    try {
      return Decoder.create(units.config());
    } catch (MP4Exception | RuntimeException refused) {
      throw units.file().unreadable("is AAC of a kind that cannot be decoded here");
    }
  }

  /** Frames that each coded frame decodes to. */
  int unitFrames() {
    return unitFrames;
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public float[] samples() {
    return samples;
  }

  @Override
  public int next() throws IOException {
    Optional<byte[]> unit = units.read(nextUnit);
    if (unit.isEmpty()) {
      return -1;
    }
    boolean intact =
        decode(unit.get())
            && gotFrames == unitFrames
            && gotChannels == format.channels()
            && gotRate == format.rate();
    nextUnit++;
    damagedInARow = intact ? 0 : damagedInARow + 1;
    if (damagedInARow > MAX_DAMAGED_IN_A_ROW) {
      throw units.file().unreadable("is damaged: no frame can be decoded any more");
    }
    if (!intact) {
      room(unitFrames * format.channels());
      Arrays.fill(samples, 0);
      decoder = newDecoder();
    }
    return unitFrames;
  }

  private boolean decode(byte[] data) {
    gotFrames = 0;
    if (data.length == 0) {
      return false;
    }
    try {
      decoder.decodeFrame(data, this::accept);
    } catch (RuntimeException damaged) {
      System.getLogger(AacStream.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              "{0}, frame {1}: {2}",
              units.file().path(),
              nextUnit,
              damaged);
      return false;
    }
    return gotFrames > 0;
  }

  private void room(int count) {
    if (samples.length < count) {
      samples = new float[count];
    }
  }

  private void accept(List<float[]> channels, int frames, int rate) {
    int width = isPlainMono(rate) ? 1 : channels.size();
    int[] order = width <= 8 ? TO_WAVE[width] : new int[0];
    gotFrames = frames;
    gotChannels = width;
    gotRate = rate;
    room(frames * width);
    for (int c = 0; c < order.length; c++) {
      float[] channel = channels.get(order[c]);
      for (int i = 0, at = c; i < frames; i++, at += width) {
        samples[at] = channel[i] * SCALE;
      }
    }
  }

  /** JAAD gives mono twice, in case it becomes stereo; that it can only with doubled rate. */
  private boolean isPlainMono(int rate) {
    DecoderConfig config = decoder.getConfig();
    return config.getChannelConfiguration() == ChannelConfiguration.MONO
        && config.getSampleFrequency().getFrequency() == rate;
  }

  @Override
  public long seek(long frame) throws IOException {
    long unit = frame / unitFrames - PREROLL_UNITS;
    nextUnit = Math.clamp(unit, 0, units.count());
    decoder = newDecoder();
    return (long) nextUnit * unitFrames;
  }

  @Override
  public void close() throws IOException {
    units.file().close();
  }
}
