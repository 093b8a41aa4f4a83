package dev.tutti.announce;

import static dev.tutti.api.net.Fetch.Kind.AUDIO;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.net.Fetch;
import dev.tutti.api.net.Fetch.Fetched;
import dev.tutti.api.net.Fetch.Wanted;
import dev.tutti.api.net.FetchRefused;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.UnreadableAudio;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Decodes what is to be announced, whole and within limits. Thread-safe; blocks. */
final class Clips {
  /** The longest sound that is sent along or fetched. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int BLOCK = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Path uploads;
  private final int maxSeconds;
  private final Supplier<Optional<Fetch>> fetch;

  /**
   * @param folder of the sounds that are called by name
   * @param uploads where what was sent lies while it is decoded
   * @param fetch the host's way to what lies elsewhere
   */
  Clips(Path folder, Path uploads, int maxSeconds, Supplier<Optional<Fetch>> fetch) {
    this.folder = folder;
    this.uploads = uploads;
    this.maxSeconds = maxSeconds;
    this.fetch = fetch;
  }

  /**
   * A file of the folder.
   *
   * @param name relative to the folder, and inside it wherever links lead
   */
  AudioClip file(String name) {
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(name).toRealPath();
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        throw notThere(name);
      }
      return decode(file, "\"" + name + "\"");
    } catch (IOException | InvalidPathException e) {
      throw notThere(name);
    }
  }

  private HttpException notThere(String name) {
    return new HttpException(
        404, "there is no file \"" + name + "\" in the folder of announcements, " + folder);
  }

  /** What was sent along. */
  AudioClip upload(byte[] audio) {
    if (audio.length == 0) {
      throw new HttpException(400, "the body is empty: send the audio, or name a file in JSON");
    }
    return decode(audio, "what was sent");
  }

  /** What lies elsewhere, as far as the host permits it. */
  AudioClip url(String address) {
    Fetch guard =
        fetch.get().orElseThrow(() -> new HttpException(503, "nothing can be fetched here"));
    try (Fetched answer = guard.get(new Wanted(new URI(address), AUDIO, MAX_BYTES, PATIENCE))) {
      return decode(answer.body().readAllBytes(), address);
    } catch (URISyntaxException e) {
      throw new HttpException(400, "\"" + address + "\" is no address: " + e.getReason());
    } catch (FetchRefused e) {
      throw new HttpException(403, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new HttpException(502, address + " cannot be had: " + e.getMessage());
    }
  }

  private AudioClip decode(byte[] audio, String what) {
    try {
      Files.createDirectories(uploads);
      Path file = Files.createTempFile(uploads, "upload-", ".audio");
      try {
        Files.write(file, audio);
        return decode(file, what);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new HttpException(507, what + " cannot be kept while it is decoded (" + e + ")");
    }
  }

  private AudioClip decode(Path file, String what) {
    try (Decoder decoder = Decoders.open(file)) {
      int channels = decoder.format().channels();
      int rate = decoder.format().rate();
      long most = (long) maxSeconds * rate * channels;
      AudioBlock block = new AudioBlock(channels, BLOCK);
      float[] samples = new float[BLOCK * channels];
      int length = 0;
      while (decoder.read(block.clear())) {
        int count = block.frames() * channels;
        if (length + count > most) {
          throw new HttpException(
              413, what + " is longer than " + maxSeconds + " s (max-seconds of this plugin)");
        }
        if (length + count > samples.length) {
          samples = Arrays.copyOf(samples, samples.length * 2);
        }
        System.arraycopy(block.samples(), 0, samples, length, count);
        length += count;
      }
      if (length == 0) {
        throw new HttpException(422, what + " holds no sound");
      }
      return new AudioClip(rate, channels, Arrays.copyOf(samples, length));
    } catch (UnreadableAudio e) {
      throw new HttpException(422, what + " " + e.reason());
    } catch (IOException | IllegalArgumentException e) {
      throw new HttpException(422, what + " cannot be read: " + e.getMessage());
    }
  }
}
