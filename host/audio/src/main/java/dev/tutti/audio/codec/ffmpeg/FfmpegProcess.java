package dev.tutti.audio.codec.ffmpeg;

import dev.tutti.audio.codec.UnreadableAudio;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of FFmpeg that turns one file into floats. The file is its standard input; it is told the
 * demuxer and may read nothing but pipes, so no file can make it open another or the network. Two
 * threads of its own empty its pipes, and a third one fills its input where a file's parts have to
 * change places; they end with it. For one thread; close it.
 */
final class FfmpegProcess implements AutoCloseable {
  private static final int PIECE_BYTES = 32 * 1024;
  private static final int PIECES_AHEAD = 8;
  private static final int MAX_MESSAGE_CHARS = 300;

  /** For decoding 32 KB, which takes milliseconds. */
  private static final long PATIENCE_SECONDS = 20;

  private static final byte[] END = new byte[0];
  private static final Pattern STREAM =
      Pattern.compile("Stream #0:.*: Audio: .*, \\d+ Hz, [^,]+, (u8|s16|s32|flt|dbl)");

  /** Who complains, and how loudly: {@code [mov @ 0x55d8] [error] }. */
  private static final Pattern PREFIXES = Pattern.compile("^(\\[[^]]*] )+");

  private final Path file;
  private final Process process;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES_AHEAD);
  private final Thread output;
  private final Thread messages;
  private final CountDownLatch described = new CountDownLatch(1);
  private volatile String lastMessage = "it finds no sound in it";
  private volatile int exactBits;
  private byte[] piece = END;
  private int at;
  private boolean ended;

  /**
   * @param program the executable
   */
  FfmpegProcess(Path program, Path file, String demuxer) throws IOException {
    this.file = file;
    ProcessBuilder builder = new ProcessBuilder(command(program, demuxer));
    Optional<IndexFirst> ordered = demuxer.equals("mov") ? IndexFirst.of(file) : Optional.empty();
    if (ordered.isEmpty()) {
      builder.redirectInput(file.toFile());
    }
    this.process = builder.start();
    ordered.ifPresent(source -> thread("ffmpeg-input", () -> writeInput(source)));
    this.output = thread("ffmpeg-samples", this::readSamples);
    this.messages = thread("ffmpeg-messages", this::readMessages);
  }

  private static List<String> command(Path program, String demuxer) {
    return List.of(
        program.toString(),
        "-hide_banner",
        "-nostats",
        "-nostdin",
        "-v",
        "level+info",
        "-protocol_whitelist",
        "pipe",
        "-f",
        demuxer,
        "-i",
        "pipe:0",
        "-map",
        "0:a:0",
        "-map_metadata",
        "-1",
        "-c:a",
        "pcm_f32be",
        "-f",
        "au",
        "pipe:1");
  }

  private Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name + "-" + process.pid()).start(work);
  }

  private void writeInput(IndexFirst source) {
    try (OutputStream out = process.getOutputStream()) {
      source.writeTo(out);
    } catch (IOException over) {
      // FFmpeg has ended, or the file cannot be read on: then it misses something, and says so.
      System.getLogger(FfmpegProcess.class.getName())
          .log(System.Logger.Level.DEBUG, "{0}: {1}", file, over);
    }
  }

  private void readSamples() {
    try (InputStream in = process.getInputStream()) {
      byte[] next = in.readNBytes(PIECE_BYTES);
      while (next.length > 0) {
        pieces.put(next);
        next = in.readNBytes(PIECE_BYTES);
      }
      pieces.put(END);
    } catch (IOException | InterruptedException closed) {
      process.destroyForcibly();
    }
  }

  private void readMessages() {
    try (BufferedReader in =
        new BufferedReader(process.errorReader(StandardCharsets.UTF_8), MAX_MESSAGE_CHARS)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Matcher stream = STREAM.matcher(line);
        if (stream.find() && described.getCount() > 0) {
          exactBits = exactBits(stream.group(1));
          described.countDown();
        } else if (line.contains("Stream mapping:")) {
          described.countDown();
        } else if (line.contains("[error]") || line.contains("[fatal]")) {
          lastMessage = PREFIXES.matcher(line).replaceAll("");
        }
      }
    } catch (IOException closed) {
      lastMessage = "its messages ended: " + closed.getMessage();
    } finally {
      described.countDown();
    }
  }

  /** Codecs that decode to floats are lossy ones. */
  private static int exactBits(String sampleFormat) {
    return switch (sampleFormat) {
      case "u8", "s16" -> 16;
      case "s32" -> 24;
      default -> 0;
    };
  }

  /**
   * Bits that hold every sample exactly, 0 for lossy codecs. FFmpeg tells before it writes the
   * first sample, so once something was read there is next to nothing to wait for.
   */
  int exactBits() throws UnreadableAudio {
    try {
      return described.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? exactBits : 0;
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  private UnreadableAudio interrupted(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    close();
    return new UnreadableAudio(file, "was given up while it was read", stopped);
  }

  /**
   * Reads what FFmpeg writes.
   *
   * @return how much; less than asked for only at the end
   * @throws UnreadableAudio if FFmpeg stalls
   */
  int read(byte[] to, int length) throws UnreadableAudio {
    int done = 0;
    while (done < length && (at < piece.length || turn())) {
      int count = Math.min(length - done, piece.length - at);
      System.arraycopy(piece, at, to, done, count);
      at += count;
      done += count;
    }
    return done;
  }

  private boolean turn() throws UnreadableAudio {
    if (ended) {
      return false;
    }
    try {
      byte[] next = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        close();
        throw new UnreadableAudio(file, "makes FFmpeg stall");
      }
      piece = next;
      at = 0;
      ended = next.length == 0;
      return !ended;
    } catch (InterruptedException stopped) {
      throw interrupted(stopped);
    }
  }

  /** Waits for the end of the messages and gives the last: why nothing came. */
  String complaint() {
    try {
      messages.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    String message = lastMessage;
    return message.substring(0, Math.min(message.length(), MAX_MESSAGE_CHARS));
  }

  /** Ends it at once. */
  @Override
  public void close() {
    ended = true;
    process.destroyForcibly();
    output.interrupt();
  }
}
