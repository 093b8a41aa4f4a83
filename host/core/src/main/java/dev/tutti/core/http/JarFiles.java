package dev.tutti.core.http;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * The files of a folder in a plugin's jar, kept in memory once asked for, plain and compressed,
 * with an ETag so that a browser asks again cheaply and never shows an old page after an update.
 * Thread-safe.
 */
final class JarFiles implements Http.Handler {
  /** The placeholder of the pattern these files are registered under. */
  static final String REST = "file";

  private final ClassLoader loader;
  private final String folder;
  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();

  JarFiles(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
  }

  /** A file's bytes, with what is sent instead of them to a browser that can unpack. */
  private record StoredFile(String type, String etag, byte[] plain, Optional<byte[]> packed) {}

  @Override
  public Reply handle(HttpCall call) {
    String name = call.path(REST);
    StoredFile file =
        find(name.isEmpty() || name.endsWith("/") ? name + "index.html" : name)
            .orElseThrow(() -> new HttpException(404, "there is nothing at " + call.path()));
    boolean packed = file.packed().isPresent() && accepts(call, "gzip");
    String etag = packed ? file.etag().replaceFirst("\"$", "-gzip\"") : file.etag();
    HttpReply reply =
        call.header("If-None-Match").filter(known -> known.contains(etag)).isPresent()
            ? HttpReply.of(304, file.type(), new byte[0])
            : HttpReply.of(200, file.type(), packed ? file.packed().get() : file.plain());
    reply =
        reply.with("ETag", etag).with("Cache-Control", "no-cache").with("Vary", "Accept-Encoding");
    return packed && reply.status() == 200 ? reply.with("Content-Encoding", "gzip") : reply;
  }

  private static boolean accepts(HttpCall call, String coding) {
    return call
        .header("Accept-Encoding")
        .map(all -> List.of(all.toLowerCase(Locale.ROOT).split("\\s*,\\s*")))
        .orElse(List.of())
        .stream()
        .anyMatch(
            each -> each.equals(coding) || each.matches(coding + "\\s*;\\s*q=(?!0(\\.0*)?$).*"));
  }

  private Optional<StoredFile> find(String name) {
    StoredFile known = files.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (!plausible(name)) {
      return Optional.empty();
    }
    Optional<StoredFile> read = read(name);
    read.ifPresent(file -> files.putIfAbsent(name, file));
    return read;
  }

  /** Nothing outside the folder, no folder itself. */
  private static boolean plausible(String name) {
    List<String> segments = List.of(name.split("/", -1));
    return segments.stream().noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."))
        && !name.contains("\\")
        && segments.getLast().indexOf('.') > 0;
  }

  private Optional<StoredFile> read(String name) {
    try (InputStream in = loader.getResourceAsStream(folder + "/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] plain = in.readAllBytes();
      String type = MediaTypes.of(name);
      byte[] packed = pack(plain);
      boolean worth = packed.length < plain.length * 9L / 10;
      return Optional.of(
          new StoredFile(type, etag(plain), plain, worth ? Optional.of(packed) : Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + "/" + name + " from the jar", e);
    }
  }

  private static byte[] pack(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static String etag(byte[] plain) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
