package dev.tutti.player.fallback;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.UnreadableAudio;
import dev.tutti.audio.fallback.Loop;
import dev.tutti.audio.measure.LoudnessMeter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/**
 * A file of this machine that is played when the server is gone, instead of what all rooms have. It
 * was read whole: it plays, and its length is exact. A value; any thread.
 *
 * @param file in any format that is played here
 * @param name for people
 * @param format of its samples
 * @param frames that it has
 * @param gain that brings it to the loudness of what the server gives (S0-38)
 */
public record OwnFile(Path file, String name, SampleFormat format, long frames, float gain) {
  private static final double TARGET_LUFS = -14;
  private static final double CEILING_DB = -1;
  private static final int BLOCK = 4096;
  private static final int MOST_HOURS = 6;

  /**
   * Reads a file whole; that takes a second or two for a song on a small machine.
   *
   * @throws UnreadableAudio if it cannot be played
   * @throws InterruptedIOException if the thread was asked to end
   */
  public static OwnFile measure(Path file, String name) throws IOException {
    try (Decoder decoder = Decoders.open(file)) {
      SampleFormat format = decoder.format();
      LoudnessMeter meter = new LoudnessMeter(format.rate(), format.channels());
      AudioBlock block = new AudioBlock(format.channels(), BLOCK);
      long most = MOST_HOURS * 3600L * format.rate();
      while (decoder.read(block.clear())) {
        meter.add(block.samples(), 0, block.frames());
        if (meter.frames() > most) {
          throw new UnreadableAudio(file, "is longer than " + MOST_HOURS + " hours");
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("told to end");
        }
      }
      if (meter.frames() == 0) {
        throw new UnreadableAudio(file, "holds no sound");
      }
      double gainDb = meter.loudness().gainDb(TARGET_LUFS, CEILING_DB);
      return new OwnFile(file, name, format, meter.frames(), (float) Math.pow(10, gainDb / 20));
    }
  }

  /** The same sound at another place. */
  OwnFile at(Path place) {
    return new OwnFile(place, name, format, frames, gain);
  }

  /** Its length. */
  public double seconds() {
    return (double) frames / format.rate();
  }

  /** Opens it to be played. */
  public PackSound open() throws IOException {
    return new PackSound(Decoders.open(file), new Loop(0, format.rate(), frames), gain);
  }
}
