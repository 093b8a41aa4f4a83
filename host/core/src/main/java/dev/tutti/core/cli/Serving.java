package dev.tutti.core.cli;

import dev.tutti.api.ConfigException;
import dev.tutti.core.Host;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A host in a process of its own: from its start to the signal that ends it. */
final class Serving {
  private static final System.Logger LOG = System.getLogger(Serving.class.getName());

  /** Plugins that need longer than this to start do not hold up the ready file. */
  private static final Duration START = Duration.ofSeconds(10);

  /** The banner waits no longer for sources to open. */
  private static final Duration SOURCES = Duration.ofMillis(300);

  /** A stop is over within 2 s, whatever a plugin does. */
  private static final Duration STOP = Duration.ofMillis(1800);

  private final Host.Setup setup;
  private final Optional<Path> configFile;
  private final Optional<Path> readyFile;
  private final PrintWriter out;
  private volatile int exitCode = Main.OK;

  Serving(Host.Setup setup, Optional<Path> configFile, @Nullable Path readyFile, PrintWriter out) {
    this.setup = setup;
    this.configFile = configFile;
    this.readyFile = Optional.ofNullable(readyFile);
    this.out = out;
  }

  /** Runs until the process is told to end. Does not return: the signal ends the process. */
  int run() throws InterruptedException {
    Host host = Host.start(setup);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(host), "stop"));
    try {
      begin(host);
    } catch (ConfigException e) {
      exitCode = Main.USAGE;
      throw e;
    } catch (RuntimeException e) {
      exitCode = Main.FAILURE;
      throw e;
    }
    new CountDownLatch(1).await();
    return Main.OK;
  }

  private void begin(Host host) throws InterruptedException {
    if (!host.awaitPlugins(START)) {
      LOG.log(System.Logger.Level.WARNING, "some plugins are still starting; going on without");
    }
    if (!setup.noPlugins()) {
      PluginTables tables = new PluginTables(setup.configuration(), host.plugins());
      tables.checkOptions();
      tables.warnings(setup.disabled()).forEach(w -> LOG.log(System.Logger.Level.WARNING, w));
    }
    ReadyFile ready = ReadyFile.of(host);
    ready.write(ReadyFile.in(setup.dataFolder()));
    readyFile.ifPresent(ready::write);
    boolean opened = host.awaitSources(SOURCES);
    out.print(new Banner(host, setup.dataFolder(), configFile, opened).text());
    out.flush();
  }

  private void stop(Host host) {
    Thread stopping = Thread.ofPlatform().name("stop-parts").daemon(true).start(host::close);
    boolean clean;
    try {
      clean = stopping.join(STOP);
    } catch (InterruptedException e) {
      clean = false;
    }
    ReadyFile.delete(ReadyFile.in(setup.dataFolder()));
    readyFile.ifPresent(ReadyFile::delete);
    if (!clean) {
      LOG.log(
          System.Logger.Level.WARNING,
          "not everything stopped in time; ended anyway. Last seen in: "
              + String.join(" < ", whereabouts(stopping)));
    }
    // Ended by a signal the exit code would be 143, which service managers count as a failure.
    Runtime.getRuntime().halt(clean ? exitCode : Main.FAILURE);
  }

  private static List<String> whereabouts(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(6)
        .map(f -> f.getClassName() + "." + f.getMethodName())
        .toList();
  }
}
