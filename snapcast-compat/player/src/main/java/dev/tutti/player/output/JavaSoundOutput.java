package dev.tutti.player.output;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;

/** Java's own sound, the last resort: tells its delay in frames handed to the system only. */
public final class JavaSoundOutput implements Output {
  private static final int PERIOD_MS = 10;
  private static final int BUFFER_MS = 80;

  private final SourceDataLine line;
  private final SampleFormat format;
  private final LongSupplier clock;
  private long written;
  private long readAt;

  private JavaSoundOutput(SourceDataLine line, SampleFormat format, LongSupplier clock) {
    this.line = line;
    this.format = format;
    this.clock = clock;
  }

  /**
   * @param name of a mixer; empty for the default
   */
  public static OutputSpec of(String name) {
    return (wanted, clock) -> {
      SampleFormat format = new SampleFormat(wanted.rate(), 16, wanted.channels());
      AudioFormat audio = new AudioFormat(format.rate(), 16, format.channels(), true, false);
      try {
        SourceDataLine line =
            name.isEmpty()
                ? AudioSystem.getSourceDataLine(audio)
                : AudioSystem.getSourceDataLine(audio, mixer(name));
        line.open(audio, format.rate() * BUFFER_MS / 1000 * format.frameBytes());
        line.start();
        return new JavaSoundOutput(line, format, clock);
      } catch (LineUnavailableException | IllegalArgumentException e) {
        throw new IOException(
            "Java Sound has no "
                + (name.isEmpty() ? "default device" : "device \"" + name + "\"")
                + " for "
                + format
                + "; tutti player --list shows what there is",
            e);
      }
    };
  }

  private static Mixer.Info mixer(String name) throws IOException {
    return Arrays.stream(AudioSystem.getMixerInfo())
        .filter(info -> info.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("Java Sound has no device \"" + name + "\""));
  }

  /** What devices are called. */
  public static List<String> names() {
    return Arrays.stream(AudioSystem.getMixerInfo()).map(Mixer.Info::getName).toList();
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int periodFrames() {
    return format.rate() * PERIOD_MS / 1000;
  }

  @Override
  public String description() {
    return "Java Sound, " + format;
  }

  /** Writing waits by itself. */
  @Override
  public void awaitRoom() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public double delayFrames() {
    double delay = written - line.getLongFramePosition();
    readAt = clock.getAsLong();
    return Math.max(0, delay);
  }

  @Override
  public long readAtMicros() {
    return readAt;
  }

  @Override
  public void write(byte[] pcm, int frames) {
    written += line.write(pcm, 0, frames * format.frameBytes()) / format.frameBytes();
  }

  @Override
  public void close() {
    line.close();
  }
}
