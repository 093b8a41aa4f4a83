package dev.tutti.feeds.alsa;

import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.feeds.pcm.PcmStream;
import dev.tutti.feeds.pcm.ReadSize;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Records from a sound card: {@code alsa:///?name=Turntable&device=hw:0}. Long silence is not sent
 * on, unless {@code send_silence=true}: the stream rests.
 */
public final class AlsaSource implements LiveSource {
  private static final int LOOK_EVERY_MS = 200;
  private static final int DEVICE_MICROS = 200_000;
  private static final int IDLE_MS = 100;

  private final String device;
  private final SampleFormat format;
  private final int frames;
  private final boolean sendSilence;
  private final Silence silence;
  private final System.Logger log;

  public AlsaSource(SourceRequest request, System.Logger log) {
    this.device = request.uri().option("device").orElse("hw:0");
    this.format = request.format();
    this.frames = ReadSize.frames(request.uri(), format);
    this.sendSilence = request.uri().option("send_silence").filter("true"::equals).isPresent();
    this.silence =
        new Silence(
            format,
            percent(request.uri().option("silence_threshold_percent").orElse("0")),
            idleMs(request.uri().option("idle_threshold").orElse("")));
    this.log = log;
  }

  private static double percent(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,6})?") ? Double.parseDouble(text) : 0;
  }

  private static int idleMs(String text) {
    return text.matches("\\d{1,6}") ? Math.max(10, Integer.parseInt(text)) : IDLE_MS;
  }

  /** As ALSA numbers them. */
  static int number(SampleFormat format) throws IOException {
    return switch (format.bits()) {
      case 8 -> 0;
      case 16 -> 2;
      case 24 -> 6;
      case 32 -> 10;
      default -> throw new IOException("sound cards have no samples of " + format.bits() + " bits");
    };
  }

  @Override
  public void capture(AudioWriter writer) throws IOException, InterruptedException {
    try (Arena arena = Arena.ofConfined();
        Alsa.Device recorder =
            Alsa.ofSystem()
                .open(device, number(format), format.channels(), format.rate(), DEVICE_MICROS)) {
      MemorySegment buffer = arena.allocate((long) frames * format.frameBytes());
      PcmStream pcm = new PcmStream(format, frames);
      pcm.headerless();
      log.log(Level.INFO, "recording from {0}", device);
      record(recorder, buffer, pcm, writer);
    }
  }

  private void record(Alsa.Device recorder, MemorySegment buffer, PcmStream pcm, AudioWriter writer)
      throws IOException, InterruptedException {
    boolean resting = true;
    while (true) {
      int got = recorder.read(buffer, frames, LOOK_EVERY_MS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int count = got * format.frameBytes();
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, pcm.bytes(), pcm.filled(), count);
      boolean quiet = silence.lasts(pcm.bytes(), pcm.filled(), got);
      if (sendSilence || !quiet) {
        resting = false;
        pcm.took(count, writer);
      } else if (!resting) {
        resting = true;
        writer.rest();
      }
    }
  }
}
