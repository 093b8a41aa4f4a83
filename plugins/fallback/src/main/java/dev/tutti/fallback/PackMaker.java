package dev.tutti.fallback;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.flac.FlacFileWriter;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.audio.measure.LoudnessMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one FLAC of some parts: every part brought to one loudness (S0-38), one after the other,
 * with ends that do not click. Reads each part twice, and holds none of them in memory.
 * Thread-safe; {@link #make} blocks for long.
 */
final class PackMaker {
  private static final double CEILING_DB = -1;

  /** Where unrelated sounds meet; too short to be heard as a fade. */
  private static final int EDGE_MS = 10;

  /**
   * What was made.
   *
   * @param parts with their exact lengths
   */
  record Made(
      SampleFormat format, long frames, List<PackManifest.Part> parts, double loudnessLufs) {}

  private record Measured(long frames, float gain) {}

  private final SampleFormat format;
  private final double targetLufs;
  private final long maxFrames;
  private final PartReader reader;
  private final Fade edge;

  PackMaker(SampleFormat format, double targetLufs, long maxFrames) {
    this.format = format;
    this.targetLufs = targetLufs;
    this.maxFrames = maxFrames;
    this.reader = new PartReader(format);
    this.edge = Fade.ofMillis(EDGE_MS, format.rate(), Fade.Curve.EQUAL_GAIN);
  }

  /**
   * Makes a pack.
   *
   * @param to a file that is not there yet; is not there afterwards either if this fails
   * @throws PackProblem if nothing can be made of the parts
   */
  Made make(List<Part> parts, Path to, Progress progress) throws IOException, PackProblem {
    if (parts.isEmpty() || parts.size() > PackManifest.MAX_PARTS) {
      throw new PackProblem(
          "a pack has 1 to " + PackManifest.MAX_PARTS + " parts, not " + parts.size());
    }
    List<Measured> measured = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < parts.size(); i++) {
      Measured one =
          measure(parts.get(i), maxFrames - total, step(progress, "measuring", parts, i));
      measured.add(one);
      total += one.frames();
    }
    try {
      return write(parts, measured, to, progress);
    } catch (IOException | PackProblem | RuntimeException e) {
      Files.deleteIfExists(to);
      throw e;
    }
  }

  private static Progress step(Progress progress, String verb, List<Part> parts, int i) {
    String stage =
        parts.size() == 1
            ? verb
            : verb + " part " + (i + 1) + " of " + parts.size() + ": " + parts.get(i).name();
    double offset = verb.equals("measuring") ? 0 : 0.5;
    return (ignored, done) -> progress.at(stage, offset + (i + done) / parts.size() / 2);
  }

  private Measured measure(Part part, long mostFrames, Progress progress)
      throws IOException, PackProblem {
    LoudnessMeter meter = new LoudnessMeter(format.rate(), format.channels());
    long frames =
        reader.read(
            part,
            progress,
            block -> {
              meter.add(block.samples(), 0, block.frames());
              if (meter.frames() > mostFrames) {
                throw new PackProblem(
                    "together this is longer than "
                        + maxFrames / format.rate() / 60
                        + " minutes (max-minutes of this plugin)");
              }
            });
    if (frames == 0) {
      throw new PackProblem("\"" + part.name() + "\" holds no sound");
    }
    double gainDb = meter.loudness().gainDb(targetLufs, CEILING_DB);
    return new Measured(frames, (float) Math.pow(10, gainDb / 20));
  }

  private Made write(List<Part> parts, List<Measured> measured, Path to, Progress progress)
      throws IOException, PackProblem {
    LoudnessMeter meter = new LoudnessMeter(format.rate(), format.channels());
    List<PackManifest.Part> lengths = new ArrayList<>();
    try (FlacFileWriter file = new FlacFileWriter(to, format)) {
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        Measured known = measured.get(i);
        long before = meter.frames();
        long frames =
            reader.read(
                part,
                step(progress, "making", parts, i),
                block -> {
                  shape(block, part, known, meter.frames() - before);
                  meter.add(block.samples(), 0, block.frames());
                  file.write(block.samples(), 0, block.frames(), 0);
                });
        if (frames != known.frames()) {
          throw new PackProblem("\"" + part.name() + "\" cannot be read twice in the same way");
        }
        lengths.add(new PackManifest.Part(name(part), frames));
      }
      file.finish();
      return new Made(format, file.frames(), lengths, lufs(meter));
    }
  }

  private static String name(Part part) {
    String name = part.name();
    return name.substring(0, Math.min(name.length(), PackManifest.MAX_NAME));
  }

  /** Gain, and at both ends of a part a fade. */
  private void shape(AudioBlock block, Part part, Measured known, long at) {
    float[] samples = block.samples();
    for (int i = 0; i < block.frames() * format.channels(); i++) {
      samples[i] *= known.gain();
    }
    if (!part.seamless()) {
      edge.fadeIn(samples, 0, block.frames(), format.channels(), at);
      long end = known.frames() - edge.frames();
      edge.fadeOut(samples, 0, block.frames(), format.channels(), at - end);
    }
  }

  private static double lufs(LoudnessMeter meter) {
    double lufs = Math.max(PackManifest.SILENT_LUFS, meter.integratedLufs());
    return Math.round(lufs * 100) / 100.0;
  }
}
