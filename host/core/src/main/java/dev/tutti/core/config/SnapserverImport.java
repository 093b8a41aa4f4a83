package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.core.config.SnapserverConf.Entry;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  private static final List<String> DEFAULT_FOLDERS =
      List.of("/usr/share/snapserver/sandbox", "/usr/share/snapserver/plug-ins");

  private final Map<String, Node> values = new LinkedHashMap<>();
  private final List<Node> streams = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> binds = new LinkedHashMap<>();
  private final Set<String> programs = new LinkedHashSet<>();
  private final Set<String> scripts = new LinkedHashSet<>();
  private final Path folder;
  private final Origin origin;
  private String publicHost = "";
  private String publicPrefix = "";
  private String dataDir = "";

  private SnapserverImport(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    this.folder = parent == null ? file.toAbsolutePath() : parent;
    this.origin = new Origin(file.toString(), folder);
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
    to.notes.addAll(conf.problems());
    // Where an old and a new name say different things, the new one wins: it comes later.
    List<Entry> oldNames = conf.entries().stream().filter(SnapserverImport::old).toList();
    oldNames.forEach(to::take);
    conf.entries().stream().filter(e -> !old(e)).forEach(to::take);
    to.finish();
    return to;
  }

  private static boolean old(Entry e) {
    return e.section().equals("tcp")
        || (e.section().equals("stream")
            && Set.of("bind_to_address", "port", "stream_buffer").contains(e.key()));
  }

  /** One sentence for each key that is not honoured as it stands. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The folder its {@code server.json} is in, if the file names one. */
  public Optional<Path> dataDir() {
    return dataDir.isEmpty() ? Optional.empty() : Optional.of(Path.of(dataDir));
  }

  /** What it says, as Tutti's file would. */
  Node.Table root() {
    Node.Table root = new Node.Table(Map.of(), origin);
    for (Map.Entry<String, Node> e : values.entrySet()) {
      root = Overrides.put(root, e.getKey(), e.getValue());
    }
    return root.with("stream", new Node.Items(streams, origin));
  }

  // --- key by key -------------------------------------------------------------------------------

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
          default -> unknown(e, List.of("initial_volume"));
        }
      }
      case "authorization" ->
          note(e, "is switched off in snapserver, too; who may do what is set in [access]");
      case "logging" -> logging(e, e.key());
      default ->
          note(
              e,
              "is unknown"
                  + nearest(
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
                          "logging")));
    }
  }

  private void server(Entry e) {
    switch (e.key()) {
      case "datadir" -> {
        dataDir = e.value();
        text(e, "server.data", e.value());
      }
      case "mdns_enabled" -> flag(e, "server.mdns");
      case "threads" -> note(e, NO_SUCH_THING + "Tutti starts the threads it needs");
      case "pidfile" -> note(e, NO_SUCH_THING + "the file of --ready-file holds the process id");
      case "user", "group" ->
          note(e, NO_SUCH_THING + "start Tutti as that user (User= and Group= of the service)");
      case "daemon" -> note(e, NO_SUCH_THING + "let the service manager start it");
      case "logging.debug" -> {
        if (isTrue(e)) {
          values.putIfAbsent("log.level", new Node.Value("debug", from(e)));
        }
      }
      case "logging.stdout" -> note(e, "is always so; the log goes to standard error");
      default ->
          unknown(e, List.of("threads", "pidfile", "user", "group", "datadir", "mdns_enabled"));
    }
  }

  private void ssl(Entry e) {
    switch (e.key()) {
      case "certificate" -> text(e, "https.certificate", certificate(e.value()));
      case "certificate_key" -> text(e, "https.key", certificate(e.value()));
      case "key_password" -> text(e, "https.key-password", e.value());
      case "verify_clients", "client_cert" -> {
        if (!e.key().equals("verify_clients") || isTrue(e)) {
          note(e, NO_SUCH_THING + "clients show a token or a password instead, see [access]");
        }
      }
      default ->
          unknown(
              e,
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
    Path beside = folder.resolve(path);
    return Files.exists(beside)
        ? beside.toString()
        : Path.of(CERTIFICATES).resolve(path).toString();
  }

  private void http(Entry e) {
    switch (e.key()) {
      case "enabled" -> alwaysOn(e);
      case "bind_to_address", "ssl_bind_to_address" -> bind(e);
      case "port" -> number(e, "server.http-port", 0, 65_535);
      case "ssl_enabled" -> flag(e, "https.enabled");
      case "ssl_port" -> number(e, "https.port", 0, 65_535);
      case "doc_root" -> docRoot(e);
      case "host" -> {
        if (!e.value().startsWith("<")) {
          publicHost = e.value();
        }
      }
      case "url_prefix" -> publicPrefix = e.value();
      case "publish_http", "publish_https" -> published(e);
      default ->
          unknown(
              e,
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
      text(e, "plugins.web.doc-root", e.value());
    } else {
      note(e, "names no folder that is there; Tutti's own page is shown");
    }
  }

  private void port(Entry e, String key) {
    switch (e.key()) {
      case "enabled" -> alwaysOn(e);
      case "bind_to_address" -> bind(e);
      case "port" -> number(e, "server." + key, 0, 65_535);
      case "publish" -> published(e);
      default -> unknown(e, List.of("enabled", "bind_to_address", "port", "publish"));
    }
  }

  private void stream(Entry e) {
    switch (e.key()) {
      case "source", "stream" -> source(e);
      case "bind_to_address" -> bind(e);
      case "port" -> number(e, "server.stream-port", 0, 65_535);
      case "plugin_dir" -> scripts.add(e.value());
      case "sandbox_dir" -> programs.add(e.value());
      case "sampleformat" -> text(e, "audio.sample-format", e.value());
      case "codec" -> text(e, "audio.codec", e.value());
      case "chunk_ms", "stream_buffer" -> number(e, "audio.chunk-ms", 5, 200);
      case "buffer" -> number(e, "audio.buffer-ms", 100, 60_000);
      case "send_to_muted" -> flag(e, "plugins.snapcast.send-to-muted");
      case "initial_volume" -> initialVolume(e);
      default ->
          unknown(
              e,
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
    number(e, "volume", 0, 100);
    Node volume = values.remove("volume");
    if (volume != null) {
      Node rule = new Node.Table(Map.of("volume", volume), from(e));
      values.put("client", new Node.Items(List.of(rule), from(e)));
    }
  }

  /** An address; programs it names are allowed by being named in this file. */
  private void source(Entry e) {
    try {
      SourceUri uri = SourceUri.parse(e.value());
      if (Set.of("process", "librespot", "spotify", "airplay").contains(uri.scheme())
          && uri.path().length() > 1) {
        programs.add(uri.path());
      }
      uri.option("controlscript").filter(s -> s.startsWith("/")).ifPresent(scripts::add);
      if (Set.of("jack", "pipewire").contains(uri.scheme())) {
        note(e, "uses " + uri.scheme() + ", which Tutti does not play; use alsa, pipe or tcp");
      }
      streams.add(new Node.Table(Map.of("source", new Node.Value(e.value(), from(e))), from(e)));
    } catch (IllegalArgumentException wrong) {
      note(e, "is left out: " + wrong.getMessage());
    }
  }

  private void logging(Entry e, String key) {
    switch (key) {
      case "sink", "sink.type" -> {
        if (!e.value().startsWith("std") && !e.value().equals("system")) {
          note(e, NO_SUCH_THING + "the log goes to standard error; redirect it");
        }
      }
      case "filter" -> level(e);
      default -> unknown(e, List.of("sink", "filter"));
    }
  }

  private void level(Entry e) {
    String level = "";
    for (String rule : e.value().split(",", -1)) {
      String[] parts = rule.strip().split(":", 2);
      if (parts.length == 2 && parts[0].equals("*")) {
        level = parts[1].strip().toLowerCase(Locale.ROOT);
      } else {
        note(e, "has a rule for a single part (" + rule.strip() + "); Tutti has one level for all");
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
      text(e, "log.level", ours);
    }
  }

  // --- at the end -------------------------------------------------------------------------------

  private void finish() {
    finishBind();
    if (!publicHost.isEmpty()) {
      Node port = values.get("server.http-port");
      String number = port instanceof Node.Value v ? ":" + v.value() : ":1780";
      String url = "http://" + publicHost + number + publicPrefix;
      values.put("server.public-url", new Node.Value(url, origin));
      values.put(
          "server.http-hosts", new Node.Items(List.of(new Node.Value(publicHost, origin)), origin));
    } else if (!publicPrefix.isEmpty()) {
      notes.add(
          origin.place()
              + ": [http] url_prefix has no counterpart by itself; with [http] host it becomes"
              + " server.public-url");
    }
    if (streams.isEmpty()) {
      String uri = "pipe:///tmp/snapfifo?name=default";
      streams.add(new Node.Table(Map.of("source", new Node.Value(uri, origin)), origin));
    }
    allow("plugins.feeds.programs", DEFAULT_FOLDERS.get(0), programs);
    allow("plugins.feeds.control-scripts", DEFAULT_FOLDERS.get(1), scripts);
  }

  private void allow(String key, String usual, Collection<String> more) {
    if (more.isEmpty()) {
      return;
    }
    List<Node> items = new ArrayList<>();
    Set<String> all = new LinkedHashSet<>(more);
    all.add(usual);
    all.forEach(p -> items.add(new Node.Value(p, origin)));
    values.put(key, new Node.Items(items, origin));
  }

  /** Tutti listens on one address; where the file has several, on all, and says so. */
  private void finishBind() {
    Set<String> distinct = new LinkedHashSet<>();
    binds.values().forEach(a -> distinct.add(a.equals("::") ? "0.0.0.0" : a));
    if (distinct.size() == 1) {
      values.put("server.bind", new Node.Value(distinct.iterator().next(), origin));
    } else if (distinct.size() > 1) {
      values.put("server.bind", new Node.Value("0.0.0.0", origin));
      binds.forEach((name, address) -> {
        if (!address.equals("::") && !address.equals("0.0.0.0")) {
          notes.add(
              name
                  + " = "
                  + address
                  + " is not kept: Tutti listens on one address for everything, and here on all;"
                  + " use [access] or a firewall to keep others out");
        }
      });
    }
  }

  // --- values -----------------------------------------------------------------------------------

  private Origin from(Entry e) {
    return new Origin(e.place(), folder);
  }

  private void text(Entry e, String key, String value) {
    values.put(key, new Node.Value(value, from(e)));
  }

  private void flag(Entry e, String key) {
    values.put(key, new Node.Value(isTrue(e), from(e)));
  }

  private static boolean isTrue(Entry e) {
    return Set.of("true", "1", "yes", "on").contains(e.value().toLowerCase(Locale.ROOT));
  }

  private void number(Entry e, String key, int least, int most) {
    if (!e.value().matches("-?\\d{1,9}")) {
      note(e, "is no whole number; the default is used");
      return;
    }
    int wanted = Integer.parseInt(e.value());
    int given = Math.clamp(wanted, least, most);
    if (given != wanted) {
      note(e, "= " + wanted + " becomes " + given + "; possible is " + least + " to " + most);
    }
    values.put(key, new Node.Value(BigInteger.valueOf(given), from(e)));
  }

  private void bind(Entry e) {
    String before = binds.putIfAbsent(e.place() + ": " + e.name(), e.value());
    if (before != null && !before.equals(e.value())) {
      note(e, "is one address too many");
    }
  }

  private void alwaysOn(Entry e) {
    if (!isTrue(e)) {
      note(
          e,
          "= false is not kept: Tutti always listens there; use server.bind, [access] or a firewall"
              + " to keep others out");
    }
  }

  private void published(Entry e) {
    if (!isTrue(e)) {
      note(e, "= false is not kept: mDNS is on or off as a whole, see server.mdns");
    }
  }

  private void unknown(Entry e, List<String> known) {
    note(e, "is unknown" + nearest(e.key(), known));
  }

  private static String nearest(String typed, List<String> known) {
    return Nearest.of(typed, known).map(n -> "; did you mean \"" + n + "\"?").orElse("")
        + " (ignored)";
  }

  private void note(Entry e, String what) {
    notes.add(e.place() + ": " + e.name() + " " + what);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("\"" + text + "\" is no path: " + e.getReason());
    }
  }
}
