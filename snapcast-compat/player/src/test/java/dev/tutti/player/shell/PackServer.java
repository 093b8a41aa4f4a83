package dev.tutti.player.shell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.audio.codec.flac.FlacFileWriter;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.ManifestJson;
import dev.tutti.audio.fallback.PackManifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that has one pack, and may break off. */
final class PackServer implements AutoCloseable {
  static final int FRAMES = 48_000;
  final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();
  final PackManifest pack;
  private final HttpServer http;
  private final byte[] file;
  volatile int breakOffAt = Integer.MAX_VALUE;

  /** What was shown to it. */
  volatile String shown = "";

  PackServer(Path folder) throws IOException {
    this(folder, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** Speaks HTTPS, below {@code /music/}. */
  static PackServer encrypted(Path folder, OwnCertificates own)
      throws IOException, GeneralSecurityException {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(own.context()));
    return new PackServer(folder, https);
  }

  private PackServer(Path folder, HttpServer http) throws IOException {
    this.http = http;
    Path flac = folder.resolve("made.flac");
    try (FlacFileWriter writer = new FlacFileWriter(flac, SampleFormat.DEFAULT)) {
      float[] samples = new float[FRAMES * 2];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) Math.sin(i * 0.01);
      }
      writer.write(samples, 0, FRAMES, 0);
      writer.finish();
    }
    file = Files.readAllBytes(flac);
    pack =
        new PackManifest(
            hash(file),
            file.length,
            FRAMES,
            SampleFormat.DEFAULT,
            List.of(new PackManifest.Part("made", FRAMES)),
            new PackManifest.Anchor(0, "clock"),
            FadePlan.DEFAULT,
            -14);
    for (String prefix : List.of("/", "/music/")) {
      http.createContext(prefix + "api/fallback/player/", this::order);
      http.createContext(prefix + "api/fallback/file/", this::file);
    }
    http.start();
  }

  /** As a player knows it that is served by TCP. */
  Optional<WebPlace> place() {
    return WebPlace.of(new ServerAddress("127.0.0.1", 1704), port());
  }

  int port() {
    return http.getAddress().getPort();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void order(HttpExchange call) throws IOException {
    shown = Optional.ofNullable(call.getRequestHeaders().getFirst("Authorization")).orElse("");
    boolean has = call.getRequestURI().getQuery().contains(pack.id());
    byte[] answer =
        Json.of("revision", 1, "fetch", !has, "pack", ManifestJson.write(pack))
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(200, answer.length);
    call.getResponseBody().write(answer);
    call.close();
  }

  private void file(HttpExchange call) throws IOException {
    String range = call.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "" : range);
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    call.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
    int until = Math.min(file.length, breakOffAt);
    breakOffAt = Integer.MAX_VALUE;
    call.getResponseBody().write(Arrays.copyOfRange(file, from, until));
    call.getResponseBody().flush();
    call.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
