package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import dev.tutti.core.config.SnapserverConf.Entry;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says in Tutti's words what a snapserver's configuration file says, and names each key that means
 * nothing here, with what to do instead. Unknown keys are named, not fatal.
 */
public final class SnapserverImport {
  private static final String CERTIFICATES = "/etc/snapserver/certs";
  private static final String NO_SUCH_THING = "has no counterpart; ";

  private final SnapserverDraft draft;
  private final SnapserverAddresses addresses;
  private final SnapserverSources sources;
  private String dataDir = "";

  private SnapserverImport(Path file) {
    draft = new SnapserverDraft(file);
    addresses = new SnapserverAddresses(draft);
    sources = new SnapserverSources(draft);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it cannot be read at all
   */
  public static SnapserverImport of(Path file) {
    return of(SnapserverConf.read(file), file);
  }

  static SnapserverImport of(SnapserverConf conf, Path file) {
    SnapserverImport to = new SnapserverImport(file);
    conf.problems().forEach(to.draft::note);
    // Where an old and a new name say different things, the new one wins: it comes later.
    List<Entry> oldNames = conf.entries().stream().filter(SnapserverImport::old).toList();
    oldNames.forEach(to::take);
    conf.entries().stream().filter(e -> !old(e)).forEach(to::take);
    to.addresses.finish();
    to.sources.finish();
    return to;
  }

  private static boolean old(Entry e) {
    return e.section().equals("tcp")
        || (e.section().equals("stream")
            && Set.of("bind_to_address", "port", "stream_buffer").contains(e.key()));
  }

  /** One sentence for each key that is not honoured as it stands. */
  public List<String> notes() {
    return draft.notes();
  }

  /** The folder its {@code server.json} is in, if the file names one. */
  public Optional<Path> dataDir() {
    return dataDir.isEmpty() ? Optional.empty() : Optional.of(Path.of(dataDir));
  }

  /** What it says, as Tutti's file would. */
  Node.Table root() {
    return draft.root();
  }

  private void take(Entry e) {
    if (e.value().isEmpty()) {
      return;
    }
    switch (e.section()) {
      case "server" -> server(e);
      case "ssl" -> ssl(e);
      case "http" -> http(e);
      case "tcp", "tcp-control" -> port(e, "control-port");
      case "tcp-streaming" -> port(e, "stream-port");
      case "stream" -> stream(e);
      case "streaming_client" -> {
        switch (e.key()) {
          case "initial_volume" -> initialVolume(e);
          default -> draft.unknown(e, e.key(), List.of("initial_volume"));
        }
      }
      case "authorization" ->
          draft.note(e, "is switched off in snapserver, too; who may do what is set in [access]");
      case "logging" -> logging(e, e.key());
      default ->
          draft.unknown(
              e,
              e.section(),
              List.of(
                  "server",
                  "ssl",
                  "http",
                  "tcp-control",
                  "tcp-streaming",
                  "stream",
                  "streaming_client",
                  "authorization",
                  "logging"));
    }
  }

  private void server(Entry e) {
    switch (e.key()) {
      case "datadir" -> {
        dataDir = e.value();
        draft.text(e, "server.data", e.value());
      }
      case "mdns_enabled" -> draft.flag(e, "server.mdns");
      case "threads" -> draft.note(e, NO_SUCH_THING + "Tutti starts the threads it needs");
      case "pidfile" ->
          draft.note(e, NO_SUCH_THING + "the file of --ready-file holds the process id");
      case "user", "group" ->
          draft.note(
              e, NO_SUCH_THING + "start Tutti as that user (User= and Group= of the service)");
      case "daemon" -> draft.note(e, NO_SUCH_THING + "let the service manager start it");
      case "logging.debug" -> {
        if (SnapserverDraft.isTrue(e)) {
          draft.putIfAbsent("log.level", new Node.Value("debug", draft.from(e)));
        }
      }
      case "logging.stdout" -> draft.note(e, "is always so; the log goes to standard error");
      default ->
          draft.unknown(
              e,
              e.key(),
              List.of("threads", "pidfile", "user", "group", "datadir", "mdns_enabled"));
    }
  }

  private void ssl(Entry e) {
    switch (e.key()) {
      case "certificate" -> draft.text(e, "https.certificate", certificate(e.value()));
      case "certificate_key" -> draft.text(e, "https.key", certificate(e.value()));
      case "key_password" -> draft.text(e, "https.key-password", e.value());
      case "verify_clients", "client_cert" -> {
        if (!e.key().equals("verify_clients") || SnapserverDraft.isTrue(e)) {
          draft.note(e, NO_SUCH_THING + "clients show a token or a password instead, see [access]");
        }
      }
      default ->
          draft.unknown(
              e,
              e.key(),
              List.of(
                  "certificate",
                  "certificate_key",
                  "key_password",
                  "verify_clients",
                  "client_cert"));
    }
  }

  /** A relative name is looked up where snapserver does. */
  private String certificate(String name) {
    Path path = path(name);
    Path beside = draft.folder().resolve(path);
    return Files.exists(beside)
        ? beside.toString()
        : Path.of(CERTIFICATES).resolve(path).toString();
  }

  private void http(Entry e) {
    switch (e.key()) {
      case "enabled" -> alwaysOn(e);
      case "bind_to_address", "ssl_bind_to_address" -> addresses.bind(e);
      case "port" -> draft.number(e, "server.http-port", 0, 65_535);
      case "ssl_enabled" -> draft.flag(e, "https.enabled");
      case "ssl_port" -> draft.number(e, "https.port", 0, 65_535);
      case "doc_root" -> docRoot(e);
      case "host" -> addresses.host(e);
      case "url_prefix" -> addresses.prefix(e);
      case "publish_http", "publish_https" -> published(e);
      default ->
          draft.unknown(
              e,
              e.key(),
              List.of(
                  "enabled",
                  "bind_to_address",
                  "port",
                  "ssl_enabled",
                  "ssl_bind_to_address",
                  "ssl_port",
                  "doc_root",
                  "host",
                  "url_prefix",
                  "publish_http",
                  "publish_https"));
    }
  }

  private void docRoot(Entry e) {
    if (Files.isDirectory(path(e.value()))) {
      draft.text(e, "plugins.web.doc-root", e.value());
    } else {
      draft.note(e, "names no folder that is there; Tutti's own page is shown");
    }
  }

  private void port(Entry e, String key) {
    switch (e.key()) {
      case "enabled" -> alwaysOn(e);
      case "bind_to_address" -> addresses.bind(e);
      case "port" -> draft.number(e, "server." + key, 0, 65_535);
      case "publish" -> published(e);
      default ->
          draft.unknown(e, e.key(), List.of("enabled", "bind_to_address", "port", "publish"));
    }
  }

  private void stream(Entry e) {
    switch (e.key()) {
      case "source", "stream" -> sources.source(e);
      case "bind_to_address" -> addresses.bind(e);
      case "port" -> draft.number(e, "server.stream-port", 0, 65_535);
      case "plugin_dir" -> sources.scripts(e);
      case "sandbox_dir" -> sources.programs(e);
      case "sampleformat" -> draft.text(e, "audio.sample-format", e.value());
      case "codec" -> draft.text(e, "audio.codec", e.value());
      case "chunk_ms", "stream_buffer" -> draft.number(e, "audio.chunk-ms", 5, 200);
      case "buffer" -> draft.number(e, "audio.buffer-ms", 100, 60_000);
      case "send_to_muted" -> draft.flag(e, "plugins.snapcast.send-to-muted");
      case "initial_volume" -> initialVolume(e);
      default ->
          draft.unknown(
              e,
              e.key(),
              List.of(
                  "source",
                  "stream",
                  "bind_to_address",
                  "port",
                  "plugin_dir",
                  "sandbox_dir",
                  "sampleformat",
                  "codec",
                  "chunk_ms",
                  "stream_buffer",
                  "buffer",
                  "send_to_muted"));
    }
  }

  private void initialVolume(Entry e) {
    draft
        .whole(e, 0, 100)
        .ifPresent(volume -> {
          Node rule = new Node.Table(Map.of("volume", volume), draft.from(e));
          draft.put("client", new Node.Items(List.of(rule), draft.from(e)));
        });
  }

  private void logging(Entry e, String key) {
    switch (key) {
      case "sink", "sink.type" -> {
        if (!e.value().startsWith("std") && !e.value().equals("system")) {
          draft.note(e, NO_SUCH_THING + "the log goes to standard error; redirect it");
        }
      }
      case "filter" -> level(e);
      default -> draft.unknown(e, e.key(), List.of("sink", "filter"));
    }
  }

  private void level(Entry e) {
    String level = "";
    for (String rule : e.value().split(",", -1)) {
      String[] parts = rule.strip().split(":", 2);
      if (parts.length == 2 && parts[0].equals("*")) {
        level = parts[1].strip().toLowerCase(Locale.ROOT);
      } else {
        draft.note(
            e, "has a rule for a single part (" + rule.strip() + "); Tutti has one level for all");
      }
    }
    String ours =
        switch (level) {
          case "trace", "debug", "info", "error" -> level;
          case "notice" -> "info";
          case "warning" -> "warn";
          case "fatal" -> "error";
          default -> "";
        };
    if (!ours.isEmpty()) {
      draft.text(e, "log.level", ours);
    }
  }

  private void alwaysOn(Entry e) {
    if (!SnapserverDraft.isTrue(e)) {
      draft.note(
          e,
          "= false is not kept: Tutti always listens there; use server.bind, [access] or a firewall"
              + " to keep others out");
    }
  }

  private void published(Entry e) {
    if (!SnapserverDraft.isTrue(e)) {
      draft.note(e, "= false is not kept: mDNS is on or off as a whole, see server.mdns");
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("\"" + text + "\" is no path: " + e.getReason());
    }
  }
}
