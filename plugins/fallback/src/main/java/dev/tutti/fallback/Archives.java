package dev.tutti.fallback;

import dev.tutti.audio.codec.Decoders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * Takes the audio out of an archive: .zip, .tar.gz or .tar.zst, whatever its name says. Nothing is
 * ever written under a name that the archive gives. Thread-safe; blocks.
 */
final class Archives {
  /** Entries of any kind. */
  static final int MAX_ENTRIES = 5_000;

  /** No music is packed tighter than this; a bomb is. */
  static final int MAX_RATIO = 100;

  /** So much may come out of any archive, however small. */
  private static final long HARMLESS_BYTES = 64L << 20;

  private static final int MAX_PATH = 1_000;

  private final int maxParts;
  private final long maxBytes;

  /**
   * @param maxBytes all files together, unpacked
   */
  Archives(int maxParts, long maxBytes) {
    this.maxParts = maxParts;
    this.maxBytes = maxBytes;
  }

  /**
   * The parts in a file: itself, or the audio in it if it is an archive, in the order of the names.
   *
   * @param name of the file, for people
   * @param folder empty; for what is unpacked
   * @throws PackProblem if it is damaged, exceeds a limit, or holds no audio
   */
  List<Part> parts(String name, Path file, Path folder) throws IOException, PackProblem {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    if (!isZip(head) && !isGzip(head) && !isZstd(head)) {
      return List.of(Part.of(name, file));
    }
    Unpacking unpacking = new Unpacking(folder, Files.size(file));
    try {
      if (isZip(head)) {
        unpacking.zip(file);
      } else {
        unpacking.tar(file, isGzip(head));
      }
    } catch (IOException | RuntimeException e) {
      // Libraries tell of damage in both ways.
      throw new PackProblem("\"" + name + "\" is a damaged archive: " + e.getMessage());
    }
    if (unpacking.found.isEmpty()) {
      throw new PackProblem(
          "\""
              + name
              + "\" holds no audio files; files are known by endings such as .flac or .mp3");
    }
    return unpacking.found.stream()
        .sorted((a, b) -> NaturalOrder.compare(a.name(), b.name()))
        .toList();
  }

  private static boolean isZip(byte[] head) {
    return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
  }

  private static boolean isGzip(byte[] head) {
    return head.length == 4 && head[0] == 0x1F && head[1] == (byte) 0x8B;
  }

  private static boolean isZstd(byte[] head) {
    return head.length == 4
        && head[0] == 0x28
        && head[1] == (byte) 0xB5
        && head[2] == 0x2F
        && head[3] == (byte) 0xFD;
  }

  /** Neither a folder nor a link nor anything stranger. */
  private static boolean isPlain(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
  }

  /** One archive being unpacked. */
  private final class Unpacking {
    private final Path folder;
    private final long limit;
    private final List<Part> found = new ArrayList<>();
    private int entries;
    private long written;

    Unpacking(Path folder, long packedBytes) {
      this.folder = folder;
      this.limit = Math.min(maxBytes, Math.max(HARMLESS_BYTES, packedBytes * MAX_RATIO));
    }

    void zip(Path file) throws IOException, PackProblem {
      try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
        Enumeration<ZipArchiveEntry> all = zip.getEntries();
        while (all.hasMoreElements()) {
          ZipArchiveEntry entry = all.nextElement();
          boolean plain = !entry.isDirectory() && !entry.isUnixSymlink();
          if (wanted(entry.getName(), plain)) {
            try (InputStream in = zip.getInputStream(entry)) {
              take(entry.getName(), in);
            }
          }
        }
      }
    }

    void tar(Path file, boolean gzip) throws IOException, PackProblem {
      try (InputStream packed = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
          InputStream in =
              gzip
                  ? GzipCompressorInputStream.builder()
                      .setInputStream(packed)
                      .setDecompressConcatenated(true)
                      .get()
                  : new ZstdCompressorInputStream(packed);
          TarArchiveInputStream tar = new TarArchiveInputStream(new Counted(in))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          if (wanted(entry.getName(), isPlain(entry))) {
            take(entry.getName(), tar);
          }
        }
      }
    }

    /** Whether an entry is an audio file; refuses archives that mean harm. */
    private boolean wanted(String path, boolean plain) throws PackProblem {
      if (++entries > MAX_ENTRIES) {
        throw new PackProblem("the archive has more than " + MAX_ENTRIES + " entries");
      }
      if (path.length() > MAX_PATH
          || path.startsWith("/")
          || path.indexOf('\0') >= 0
          || path.indexOf('\\') >= 0
          || List.of(path.split("/", -1)).contains("..")) {
        String shown = path.length() > 80 ? path.substring(0, 80) + "…" : path;
        throw new PackProblem("the archive has an entry with the path \"" + shown + "\"");
      }
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
      return plain
          && !name.startsWith(".")
          && !path.startsWith("__MACOSX/")
          && Decoders.extensions().contains(ending);
    }

    private void take(String path, InputStream content) throws IOException, PackProblem {
      if (found.size() == maxParts) {
        throw new PackProblem("the archive has more than " + maxParts + " audio files");
      }
      Path to = folder.resolve("part-%04d".formatted(found.size()));
      try (OutputStream out = Files.newOutputStream(to)) {
        byte[] piece = new byte[1 << 16];
        for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
          count(n);
          out.write(piece, 0, n);
        }
      }
      found.add(Part.of(path, to));
    }

    private void count(int bytes) throws PackProblem {
      written += bytes;
      if (written > limit) {
        throw tooMuch();
      }
    }

    private PackProblem tooMuch() {
      return new PackProblem(
          "what the archive holds is larger than " + (limit >> 20) + " MiB when it is unpacked");
    }

    /** Counts what is passed over in a tar as well: that, too, has to be unpacked. */
    private final class Counted extends java.io.FilterInputStream {
      private long read;

      Counted(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int n = super.read(to, offset, length);
        read += Math.max(0, n);
        if (read > limit) {
          throw new IOException(tooMuch().getMessage());
        }
        return n;
      }

      @Override
      public long skip(long count) throws IOException {
        return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 1 << 16)]));
      }
    }
  }
}
