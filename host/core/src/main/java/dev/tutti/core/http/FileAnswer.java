package dev.tutti.core.http;

import dev.tutti.api.http.FileReply;
import dev.tutti.api.http.HttpReply;
import dev.tutti.core.http.FileRange.Wanted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends files piece by piece, whole or in part. Stateless; any thread. */
final class FileAnswer {
  private static final int PIECE_BYTES = 64 * 1024;

  private FileAnswer() {}

  static void write(FileReply reply, Request request, Response response, Callback callback) {
    long size;
    try {
      size = Files.size(reply.file());
    } catch (IOException e) {
      Dispatcher.write(
          HttpReply.error(404, "what was asked for is not there any more"),
          request,
          response,
          callback);
      return;
    }
    Optional<String> etag = Optional.ofNullable(reply.headers().get("ETag"));
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
    if (etag.isPresent() && field(request, "If-None-Match").filter(knows(etag.get())).isPresent()) {
      response.setStatus(304);
      response.write(true, ByteBuffer.allocate(0), callback);
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    switch (FileRange.of(field(request, "Range"), field(request, "If-Range"), etag, size)) {
      case Wanted.All all -> {
        response.setStatus(200);
        send(reply, new FileRange(0, size), request, response, callback);
      }
      case Wanted.Part part -> {
        FileRange range = part.range();
        long last = range.from() + range.length() - 1;
        response.setStatus(206);
        response
            .getHeaders()
            .put(HttpHeader.CONTENT_RANGE, "bytes " + range.from() + "-" + last + "/" + size);
        send(reply, range, request, response, callback);
      }
      case Wanted.Beyond beyond -> {
        response.setStatus(416);
        response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        response.write(true, ByteBuffer.allocate(0), callback);
      }
    }
  }

  private static void send(
      FileReply reply, FileRange range, Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, range.length());
    if (request.getMethod().equals("HEAD") || range.length() == 0) {
      response.write(true, ByteBuffer.allocate(0), callback);
      return;
    }
    ByteBufferPool.Sized pieces =
        new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), false, PIECE_BYTES);
    Content.copy(
        Content.Source.from(pieces, reply.file(), range.from(), range.length()),
        response,
        callback);
  }

  private static java.util.function.Predicate<String> knows(String etag) {
    return header -> header.equals("*") || header.contains(etag);
  }

  private static Optional<String> field(Request request, String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }
}
