package dev.tutti.interop;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.measure.Click;
import dev.tutti.interop.CountedNoise.Run;
import dev.tutti.interop.Recording.Piece;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code tutti player} as a user starts it, that plays into a pipe. Its device is exact: frame n of
 * the recording is heard n / rate after the first one, whatever the machine is busy with, and no
 * frame is written earlier than {@value #LEAD_MILLIS} ms before it is heard. So the least delayed
 * of all writes tells when that was.
 */
final class TuttiPlayer implements AutoCloseable {
  private static final int LEAD_MILLIS = 30;

  /** Pieces so close to a frame tell when that is heard. */
  private static final double NEAR_SECONDS = 2;

  private final RecordedProcess process;
  private final SampleFormat format;
  private final Recording recording;

  private TuttiPlayer(RecordedProcess process, SampleFormat format) {
    this.process = process;
    this.format = format;
    this.recording = process.recording();
  }

  /** Joins a server of this machine; records in a format. */
  static TuttiPlayer join(
      Path dir, int port, String hostId, SampleFormat format, String... options) {
    return join(dir, List.of(), "tcp://127.0.0.1:" + port, hostId, format, options);
  }

  /**
   * Joins a server from elsewhere; its status socket is in the folder.
   *
   * @param prefix put before the command, such as {@code nsenter …}
   * @param server its address
   */
  static TuttiPlayer join(
      Path dir,
      List<String> prefix,
      String server,
      String hostId,
      SampleFormat format,
      String... options) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(Peers.ON_TIME);
    command.addAll(
        List.of(
            TuttiProcess.home().resolve("tutti").toString(),
            "player",
            server,
            "--hostID",
            hostId,
            "--output",
            "stdout"));
    command.addAll(List.of(options));
    if (!command.contains("--data")) {
      command.add("--no-fallback"); // whoever wants one says where
    }
    return new TuttiPlayer(RecordedProcess.start(dir, "player", command), format);
  }

  /** Records 48000:16:2. */
  static TuttiPlayer join(Path dir, int port, String hostId) {
    return join(dir, port, hostId, SampleFormat.DEFAULT);
  }

  /** Everything written so far. */
  byte[] recorded() {
    return recording.bytes();
  }

  /** Whole frames written so far. */
  int frames() {
    return recording.size() / format.frameBytes();
  }

  /**
   * When a frame of the recording is heard, on this machine's clock, by what was written around it:
   * after a stall its output goes on at other instants.
   */
  long heardMicros(double frame) {
    List<Piece> pieces = recording.pieces();
    double began = began(pieces.stream().filter(piece -> isNear(piece, frame)));
    double any = began < Double.MAX_VALUE ? began : began(pieces.stream());
    return Math.round(any / 1000 + LEAD_MILLIS * 1000 + frame * 1e6 / format.rate());
  }

  private boolean isNear(Piece piece, double frame) {
    return Math.abs(frameOf(piece) - frame) < NEAR_SECONDS * format.rate();
  }

  private double began(Stream<Piece> pieces) {
    return pieces
        .mapToDouble(piece -> piece.writtenNanos() - frameOf(piece) * 1e9 / format.rate())
        .min()
        .orElse(Double.MAX_VALUE);
  }

  private double frameOf(Piece piece) {
    return (double) piece.offset() / format.frameBytes();
  }

  /** When frame 0 of what was fed is heard, or would have been, reckoned from a run of frames. */
  long frameZeroMicros(Run run) {
    int middle = run.length() / 2;
    return heardMicros(run.at() + middle) - (run.first() + middle) * 1_000_000L / format.rate();
  }

  /**
   * The runs of frames since a frame of the recording, or all if negative; {@link Run#at} counts
   * from its start.
   */
  List<Run> runs(CountedNoise noise, int from) {
    byte[] all = recorded();
    int bytes = noise.frameBytes();
    int skipped = Math.clamp(from, 0, all.length / bytes);
    byte[] part = Arrays.copyOfRange(all, skipped * bytes, all.length);
    return noise.runs(part, Integer.MAX_VALUE).stream()
        .map(run -> new Run(run.at() + skipped, run.first(), run.length()))
        .toList();
  }

  Run longest(CountedNoise noise, int from) {
    return runs(noise, from).stream()
        .max(Comparator.comparingInt(Run::length))
        .orElse(new Run(0, 0, 0));
  }

  /** The left channel of a part of the recording, full scale 1. */
  float[] left(int from, int count) {
    ByteBuffer all = ByteBuffer.wrap(recorded()).order(ByteOrder.LITTLE_ENDIAN);
    boolean wide = format.bits() > 16;
    float[] left = new float[count];
    for (int i = 0; i < count; i++) {
      int at = (from + i) * format.frameBytes();
      left[i] = (float) ((wide ? all.getInt(at) : all.getShort(at)) * fullScale());
    }
    return left;
  }

  /**
   * How a glide sounds.
   *
   * @param zeroMicros an instant at which a period of it begins
   */
  record Sound(long zeroMicros, double gain, double signalToNoiseDb) {}

  /** The sound of the last second. */
  Sound lately() {
    int from = Math.max(0, frames() - format.rate());
    return sound(from, Math.min(frames(), format.rate()));
  }

  /** The sound of a part of the recording. */
  Sound sound(int from, int count) {
    Glide.Place place = new Glide(format.rate()).find(left(from, count));
    long zero = heardMicros(from) - Math.round(place.frame() * 1e6 / format.rate());
    return new Sound(zero, place.gain(), place.signalToNoiseDb());
  }

  /** Whether the last part of the recording is silent. */
  boolean isSilent(int lastFrames) {
    int from = Math.max(0, frames() - lastFrames);
    for (float sample : left(from, lastFrames)) {
      if (sample != 0) {
        return false;
      }
    }
    return true;
  }

  /** The frame behind the last that is not silent. */
  int lastSound() {
    float[] left = left(0, frames());
    int frame = left.length;
    while (frame > 0 && left[frame - 1] == 0) {
      frame--;
    }
    return frame;
  }

  /** The first frame that is not silent, from one on. */
  int firstSound(int from) {
    float[] left = left(0, frames());
    int frame = from;
    while (frame < left.length && left[frame] == 0) {
      frame++;
    }
    return frame;
  }

  /** The clicks in a part of the recording. */
  List<Click> clicks(int from, int to) {
    return Click.find(left(from, to - from), 1);
  }

  private double fullScale() {
    return Math.scalb(1.0, 1 - format.bits());
  }

  boolean alive() {
    return process.alive();
  }

  long pid() {
    return process.pid();
  }

  String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
