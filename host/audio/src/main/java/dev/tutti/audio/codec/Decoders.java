package dev.tutti.audio.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The decoders of this machine. Thread-safe. */
public final class Decoders {
  /** As much of a file as a provider sees to judge it. */
  private static final int HEAD_BYTES = 4096;

  /** How the text files begin that list or wrap audio; what they name is never opened from here. */
  private static final List<String> PLAYLIST_STARTS =
      List.of(
          "#extm3u", "[playlist]", "<?xml", "<asx", "<smil", "#extinf", "ffconcat", "<!doctype");

  private static final class Found {
    static final List<DecoderProvider> ALL =
        ServiceLoader.load(DecoderProvider.class, Decoders.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(
                Comparator.comparing(DecoderProvider::priority, Comparator.reverseOrder())
                    .thenComparing(DecoderProvider::name))
            .toList();
  }

  private Decoders() {}

  /** Every decoder that is built in, whether it can work here or not, the best first. */
  public static List<DecoderProvider> formats() {
    return Found.ALL;
  }

  /**
   * The name endings of files that can be expected to play on this machine, lower case, without the
   * dot: for looking through folders. What a file is, its content decides.
   */
  public static Set<String> extensions() {
    return Found.ALL.stream()
        .filter(DecoderProvider::available)
        .flatMap(provider -> provider.extensions().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Opens a file, whatever its name says.
   *
   * @throws UnreadableAudio if it cannot be played, saying why
   */
  public static Decoder open(Path file) throws UnreadableAudio {
    return open(file, Found.ALL);
  }

  /** Opens a file with some decoders only. */
  static Decoder open(Path file, List<DecoderProvider> providers) throws UnreadableAudio {
    byte[] head = head(file);
    if (looksLikePlaylist(head)) {
      throw new UnreadableAudio(file, "is a playlist or other text, not audio");
    }
    UnreadableAudio firstRefusal = null;
    for (DecoderProvider provider : providers) {
      if (!provider.available()) {
        continue;
      }
      try {
        Optional<Decoder> decoder = provider.open(file, head.clone());
        if (decoder.isPresent()) {
          return new GuardedDecoder(file, decoder.get());
        }
      } catch (IOException | RuntimeException | StackOverflowError | AssertionError refused) {
        firstRefusal = remember(firstRefusal, file, refused);
      }
    }
    if (firstRefusal != null) {
      throw firstRefusal;
    }
    throw new UnreadableAudio(file, "is in no audio format known here");
  }

  private static UnreadableAudio remember(
      @Nullable UnreadableAudio first, Path file, Throwable refused) {
    UnreadableAudio refusal =
        switch (refused) {
          case UnreadableAudio readable -> readable;
          case IOException io ->
              new UnreadableAudio(file, "cannot be read: " + io.getMessage(), io);
          default -> GuardedDecoder.damaged(file, refused);
        };
    if (first == null) {
      return refusal;
    }
    if (refusal.reason().equals(first.reason())) {
      return first;
    }
    UnreadableAudio both =
        new UnreadableAudio(file, first.reason() + "; it " + refusal.reason(), first);
    both.addSuppressed(refusal);
    return both;
  }

  private static byte[] head(Path file) throws UnreadableAudio {
    if (Files.isDirectory(file)) {
      throw new UnreadableAudio(file, "is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnreadableAudio(file, "is not a regular file");
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    } catch (NoSuchFileException absent) {
      throw new UnreadableAudio(file, "does not exist", absent);
    } catch (IOException failed) {
      throw new UnreadableAudio(file, "cannot be read: " + failed.getMessage(), failed);
    }
    if (head.length == 0) {
      throw new UnreadableAudio(file, "is empty");
    }
    return head;
  }

  private static boolean looksLikePlaylist(byte[] head) {
    String start =
        new String(head, 0, Math.min(head.length, 256), StandardCharsets.ISO_8859_1)
            .replace("\u00EF\u00BB\u00BF", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    return PLAYLIST_STARTS.stream().anyMatch(start::startsWith);
  }
}
