package dev.tutti.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** A folder of generated music, 48000:16:2, in the order it was added. */
final class MusicFolder {
  /** Frames of each track of noise have numbers of their own: track n begins at n times this. */
  static final int TRACK = 10_000_000;

  private static final int RATE = 48_000;

  private final Path path;
  private int tracks;

  private MusicFolder(Path path) {
    this.path = path;
  }

  static MusicFolder in(Path dir) {
    try {
      return new MusicFolder(Files.createDirectories(dir.resolve("music")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Path path() {
    return path;
  }

  /** The options that play it as it is: unprocessed, through this codec. */
  String[] played(String codec) {
    return new String[] {
      "--source=playlist://?name=default&codec=" + codec + "&folders=" + path,
      "--set=plugins.playlist.normalize=false"
    };
  }

  /** Adds tracks of counted noise. */
  MusicFolder noise(CountedNoise noise, int count, int seconds) {
    for (int i = 0; i < count; i++) {
      int first = tracks * TRACK;
      track(seconds, (out, at) -> noise.write(out, first + at, RATE));
    }
    return this;
  }

  /** Adds a track that is one tone, −12 dBFS. */
  MusicFolder tone(double hz, int seconds) {
    track(
        seconds,
        (out, at) -> {
          for (int i = at; i < at + RATE; i++) {
            short sample = (short) Math.round(8192 * Math.sin(2 * Math.PI * hz * i / RATE));
            out.putShort(sample).putShort(sample);
          }
        });
    return this;
  }

  /** Adds a track that is a glide; whole periods of it can be repeated without a seam. */
  MusicFolder glide(int periods) {
    Glide glide = new Glide(RATE);
    track(periods * Glide.PERIOD_SECONDS, (out, at) -> glide.write(out, at, RATE));
    return this;
  }

  /**
   * @param second writes the second that begins at a frame
   */
  private void track(int seconds, BiConsumer<ByteBuffer, Integer> second) {
    try (OutputStream file =
        Files.newOutputStream(path.resolve(String.format("%02d.wav", tracks++)))) {
      file.write(head(seconds * RATE * 4));
      ByteBuffer out = ByteBuffer.allocate(RATE * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int s = 0; s < seconds; s++) {
        second.accept(out.clear(), s * RATE);
        file.write(out.array());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] head(int bytes) {
    ByteBuffer out = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) 2).putInt(RATE).putInt(RATE * 4);
    out.putShort((short) 4).putShort((short) 16);
    return out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes).array();
  }
}
