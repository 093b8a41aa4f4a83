package dev.tutti.core.http;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * The files of a folder on disk, read each time, so that a change is seen at once. What is outside
 * the folder is not given out, whatever the address or a link says, and neither are hidden files.
 * Thread-safe.
 */
final class DiskFiles implements Http.Handler {
  /** Pages and their parts are far smaller; whole files are held in memory while being sent. */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  private final Path folder;

  DiskFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Reply handle(HttpCall call) throws IOException {
    String asked = call.path(JarFiles.REST);
    String name = asked.isEmpty() || asked.endsWith("/") ? asked + "index.html" : asked;
    try {
      return serve(call, file(name).orElseThrow(() -> missing(call)));
    } catch (FileSystemException e) {
      // Gone while we looked, or not readable for us.
      throw missing(call);
    }
  }

  private static Reply serve(HttpCall call, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw missing(call);
    }
    if (attributes.size() > MAX_BYTES) {
      throw new HttpException(413, call.path() + " is too long to be sent");
    }
    String etag =
        "\"%x-%x\"".formatted(attributes.lastModifiedTime().toMillis(), attributes.size());
    String type = MediaTypes.of(String.valueOf(file.getFileName()));
    boolean known = call.header("If-None-Match").filter(all -> all.contains(etag)).isPresent();
    HttpReply reply =
        known
            ? HttpReply.of(304, type, new byte[0])
            : HttpReply.of(200, type, Files.readAllBytes(file));
    return reply.with("ETag", etag).with("Cache-Control", "no-cache");
  }

  private static HttpException missing(HttpCall call) {
    return new HttpException(404, "there is nothing at " + call.path());
  }

  private Optional<Path> file(String name) throws IOException {
    List<String> segments = List.of(name.split("/", -1));
    if (segments.stream().anyMatch(s -> s.isEmpty() || s.startsWith(".") || s.contains("\\"))) {
      return Optional.empty();
    }
    try {
      Path file = folder.resolve(name).toRealPath();
      return file.startsWith(folder.toRealPath()) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
