package dev.tutti.core;

import dev.tutti.api.ConfigException;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.time.Timers;
import dev.tutti.core.tls.OwnCertificate;
import dev.tutti.core.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Opens HTTPS as configured, and takes over a given certificate that is renewed. */
final class SecureHttp {
  private static final System.Logger LOG = System.getLogger(SecureHttp.class.getName());
  private static final Duration LOOK_PERIOD = Duration.ofHours(1);

  private final ServerCertificate given;
  private final HttpServer http;
  private final Timers timers;
  private long changedMillis;

  private SecureHttp(ServerCertificate given, HttpServer http, Timers timers) {
    this.given = given;
    this.http = http;
    this.timers = timers;
    this.changedMillis = given.changedMillis();
  }

  /**
   * Opens the port; before the server starts.
   *
   * @param own used if none is given
   * @throws ConfigException if the certificate cannot be used
   */
  static void open(TuttiConfig.Https settings, HttpServer http, OwnCertificate own, Timers timers) {
    if (isEmpty(settings.certificate())) {
      try {
        http.openSecure(settings.port(), own.get(), ServerCertificate.password());
      } catch (IOException e) {
        throw new ConfigException(
            "https: no certificate can be kept in %s (%s); make the place writable, or name one with https.certificate"
                .formatted(own.folder(), e.getMessage()));
      }
      return;
    }
    ServerCertificate given =
        new ServerCertificate(
            settings.certificate(),
            isEmpty(settings.key()) ? settings.certificate() : settings.key(),
            settings.keyPassword());
    http.openSecure(settings.port(), given.read(), ServerCertificate.password());
    new SecureHttp(given, http, timers).lookLater();
  }

  private static boolean isEmpty(Path path) {
    return path.toString().isEmpty();
  }

  /** Names and addresses under which this machine is reached, its own name first. */
  static List<String> names(String machineName, List<String> more, InetAddress bind) {
    Set<String> names = new LinkedHashSet<>();
    String machine = machineName.toLowerCase(Locale.ROOT);
    if (!machine.isEmpty()) {
      names.add(machine);
      names.add(machine.split("\\.", 2)[0] + ".local");
    }
    names.add("localhost");
    names.addAll(more);
    names.removeIf(name -> !name.matches("[A-Za-z0-9.-]{1,253}"));
    names.addAll(List.of("127.0.0.1", "::1"));
    if (bind.isAnyLocalAddress()) {
      LocalNetworks.ofSystem().addresses().forEach(a -> names.add(literal(a)));
    } else {
      names.add(literal(bind));
    }
    return List.copyOf(names);
  }

  private static String literal(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  private void lookLater() {
    var _ =
        timers.at(
            timers.clock().nowMicros() + LOOK_PERIOD.toNanos() / 1000, "certificate", this::look);
  }

  private void look() {
    try {
      long changed = given.changedMillis();
      if (changed != changedMillis && changed != 0) {
        http.renew(given.read());
        changedMillis = changed;
        LOG.log(System.Logger.Level.INFO, "HTTPS uses the renewed certificate");
      }
    } catch (ConfigException | IllegalStateException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "HTTPS goes on with the old certificate: {0}",
          e.getMessage());
    }
    lookLater();
  }
}
