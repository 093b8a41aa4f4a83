package dev.tutti.core.cli;

import dev.tutti.audio.codec.DecoderProvider;
import dev.tutti.audio.codec.EncoderProvider;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.time.SystemClock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at everything a server needs from its machine. */
final class Doctor {
  private static final int JAVA = 25;
  private static final int MDNS_PORT = 5353;
  private static final String MDNS_GROUP = "224.0.0.251";
  private static final long LITTLE_SPACE = 200L << 20;
  private static final int WAKE_UPS = 50;
  private static final double LATE_MS = 5;

  private final Configuration configuration;
  private final Optional<Path> file;
  private final Installation here;

  Doctor(Configuration configuration, Optional<Path> file, Installation here) {
    this.configuration = configuration;
    this.file = file;
    this.here = here;
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(
        Finding.ok("config", file.map(f -> f.toAbsolutePath() + " is fine").orElse("no file")));
    findings.addAll(ports());
    findings.addAll(encoders());
    findings.add(decoders());
    findings.add(ffmpeg());
    findings.add(mdns());
    findings.add(state());
    findings.addAll(plugins());
    findings.add(clock());
    return findings;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    String what =
        "Java " + Runtime.version() + " of " + System.getProperty("java.vendor") + ", " + machine();
    if (version < JAVA) {
      return Finding.fail(
          "java", what + "; Tutti needs " + JAVA + ": install it, or set JAVA_HOME");
    }
    return Doctor.class.getModule().isNativeAccessEnabled()
        ? Finding.ok("java", what)
        : Finding.warn(
            "java", what + "; native libraries are off: start through the launcher, ./tutti");
  }

  private static String machine() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }

  private List<Finding> ports() {
    TuttiConfig.Server server = configuration.host().server();
    boolean running =
        RunningHost.find(here.dataFolder()).flatMap(r -> r.get("/api/plugins")).isPresent();
    List<Finding> findings = new ArrayList<>();
    findings.add(port("stream port", server.bind(), server.streamPort(), "--stream-port", running));
    findings.add(
        port("control port", server.bind(), server.controlPort(), "--control-port", running));
    findings.add(port("http port", server.bind(), server.httpPort(), "--http-port", running));
    TuttiConfig.Https https = configuration.host().https();
    if (https.enabled()) {
      findings.add(port("https port", server.bind(), https.port(), "--https-port", running));
    }
    return findings;
  }

  private static Finding port(String about, String bind, int port, String option, boolean running) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bind, port));
      return Finding.ok(about, port + " on " + bind + " is free");
    } catch (IOException e) {
      return running
          ? Finding.ok(about, port + " is used by the Tutti that is running")
          : Finding.fail(
              about,
              port + " on " + bind + ": " + e.getMessage() + "; choose another with " + option);
    }
  }

  private static List<Finding> encoders() {
    Map<String, List<String>> byCodec = new TreeMap<>();
    for (EncoderProvider provider : ServiceLoader.load(EncoderProvider.class)) {
      if (provider.available()) {
        byCodec.computeIfAbsent(provider.codec(), c -> new ArrayList<>()).add(provider.name());
      }
    }
    return Stream.of("pcm", "flac", "opus", "ogg")
        .map(codec ->
            byCodec.containsKey(codec)
                ? Finding.ok(codec, String.join(", ", byCodec.get(codec)))
                : Finding.warn(codec, "cannot be sent: " + missing(codec)))
        .toList();
  }

  private static String missing(String codec) {
    return codec.equals("ogg")
        ? "libvorbisenc is not installed (Debian: apt install libvorbisenc2); flac and opus do"
        : "no encoder was found; is the folder lib/ complete?";
  }

  private static Finding decoders() {
    List<String> names = new ArrayList<>();
    for (DecoderProvider provider : ServiceLoader.load(DecoderProvider.class)) {
      if (provider.available()) {
        names.add(provider.name());
      }
    }
    return names.isEmpty()
        ? Finding.warn("files", "no decoder was found; music files cannot be played")
        : Finding.ok("files", String.join(", ", names));
  }

  private static Finding ffmpeg() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "ffmpeg"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> Finding.ok("ffmpeg", found + " plays what Java cannot"))
        .orElseGet(() ->
            Finding.ok("ffmpeg", "not installed; only needed for rare formats (WMA, APE, …)"));
  }

  private Finding mdns() {
    if (!configuration.host().server().mdns()) {
      return Finding.ok("mdns", "is switched off");
    }
    List<InetAddress> addresses = LocalNetworks.ofSystem().addresses();
    if (addresses.isEmpty()) {
      return Finding.warn(
          "mdns",
          "this machine is in no network that can do multicast; clients need the address:"
              + " snapclient -h ADDRESS");
    }
    try (MulticastSocket socket = new MulticastSocket(MDNS_PORT)) {
      InetAddress group = InetAddress.getByName(MDNS_GROUP);
      InetAddress address = addresses.getFirst();
      NetworkInterface network = NetworkInterface.getByInetAddress(address);
      socket.joinGroup(new InetSocketAddress(group, MDNS_PORT), network);
      return Finding.ok(
          "mdns", "announces on " + addresses.stream().map(InetAddress::getHostAddress).toList());
    } catch (IOException e) {
      return Finding.warn(
          "mdns",
          "port 5353 cannot be joined ("
              + e.getMessage()
              + "); clients need the address of this"
              + " machine: snapclient -h ADDRESS");
    }
  }

  private Finding state() {
    Path folder = here.dataFolder();
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "doctor", ".tmp"));
      long free = Files.getFileStore(folder).getUsableSpace();
      String text = folder + " is writable, " + (free >> 20) + " MiB free";
      return free < LITTLE_SPACE
          ? Finding.warn("state", text + "; that is little: free some space")
          : Finding.ok("state", text);
    } catch (IOException e) {
      return Finding.fail(
          "state", folder + " is not writable (" + e + "); choose another with --data");
    }
  }

  private List<Finding> plugins() {
    List<PluginStatus> found = here.plugins(Set.of());
    if (found.isEmpty()) {
      return List.of(
          Finding.fail("plugins", "none in " + here.pluginFolders() + "; nothing can be played"));
    }
    List<Finding> findings = new ArrayList<>();
    for (PluginStatus plugin : found) {
      if (plugin.state() == PluginStatus.State.REFUSED) {
        findings.add(Finding.warn("plugins", plugin.id() + ": " + plugin.reason()));
      }
    }
    findings.add(
        Finding.ok("plugins", String.join(", ", found.stream().map(PluginStatus::id).toList())));
    return findings;
  }

  /** How late this machine wakes a thread up; music can wait for its buffer, not for longer. */
  private static Finding clock() {
    SystemClock clock = new SystemClock();
    double[] lateMs = new double[WAKE_UPS];
    try {
      for (int i = 0; i < WAKE_UPS; i++) {
        long begin = clock.nowMicros();
        boolean woken = new CountDownLatch(1).await(2, TimeUnit.MILLISECONDS);
        lateMs[i] = woken ? 0 : (clock.nowMicros() - begin) / 1000.0 - 2;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Arrays.sort(lateMs);
    double median = lateMs[WAKE_UPS / 2];
    double worst = lateMs[WAKE_UPS - 1];
    String text = "wakes up %.2f ms late, %.2f ms at worst".formatted(median, worst);
    return median > LATE_MS
        ? Finding.warn(
            "clock", text + "; that is a lot: is this machine overloaded or saving power?")
        : Finding.ok("clock", text);
  }
}
