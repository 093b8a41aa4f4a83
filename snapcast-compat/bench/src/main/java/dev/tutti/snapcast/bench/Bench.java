package dev.tutti.snapcast.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tutti bench}: how a Snapcast server on this machine does under many clients, and beside
 * another.
 */
@Command(
    name = "tutti bench",
    description = {
      "Plays so many Snapcast clients against a server on this machine and says what they saw.",
      "gaps: chunks left out; late: arrived with less than 150 ms of the buffer left; lost: connections the server ended;",
      "age: from a chunk's timestamp to its arrival; first: from connecting to the first chunk."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti bench 127.0.0.1:1704",
      "  tutti bench 127.0.0.1:1704 --clients 500 --pid $(pidof -s java)",
      "  tutti bench 127.0.0.1:1704 --peer 127.0.0.1:1714 --clients 100 --rounds 3"
    })
public final class Bench implements Callable<Integer> {
  private static final long TICKS_PER_SECOND = 100;

  @Parameters(paramLabel = "HOST:PORT", description = "The server; an address of this machine.")
  private String server = "";

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      description = "Another server, measured in turn with the first.")
  private String peer = "";

  @Option(
      names = "--clients",
      defaultValue = "100",
      description = "How many, 1 to 5000. Default: 100")
  private int clients;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Measured time of a round, 1 to 600. Default: 10")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "1", description = "Rounds, 1 to 20. Default: 1")
  private int rounds;

  @Option(
      names = "--pid",
      defaultValue = "0",
      description = "The server's process, to show what a client costs it (Linux).")
  private long pid;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public Bench() {}

  /** The program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() {
    require(clients >= 1 && clients <= 5000, "--clients must be 1 to 5000");
    require(seconds >= 1 && seconds <= 600, "--seconds must be 1 to 600");
    require(rounds >= 1 && rounds <= 20, "--rounds must be 1 to 20");
    try {
      measureInTurn();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("tutti bench: " + e.getMessage());
      return 1;
    }
  }

  private void measureInTurn() throws IOException {
    System.out.println(Measured.heading());
    for (int round = 0; round < rounds; round++) {
      measure(server, pid);
      if (!peer.isEmpty()) {
        measure(peer, 0);
      }
    }
  }

  private void measure(String name, long process) throws IOException {
    double[] cpuBefore = {Double.NaN};
    Load load = new Load(address(name), clients, seconds, () -> System.nanoTime() / 1000);
    Measured measured = load.run(() -> cpuBefore[0] = cpuSeconds(process));
    System.out.println(measured.row(name, clients, seconds, cpuSeconds(process) - cpuBefore[0]));
  }

  /** Only this machine: a load test has no business elsewhere. */
  private InetSocketAddress address(String name) throws IOException {
    int colon = name.lastIndexOf(':');
    require(
        colon > 0 && name.substring(colon + 1).matches("\\d{1,5}"),
        "expected HOST:PORT, not " + name);
    InetAddress host = InetAddress.getByName(name.substring(0, colon));
    boolean ours =
        host.isLoopbackAddress() || java.net.NetworkInterface.getByInetAddress(host) != null;
    require(ours, name + " is not an address of this machine; run the bench where the server runs");
    return new InetSocketAddress(host, Integer.parseInt(name.substring(colon + 1)));
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** User and system time of a process so far; NaN if there is none. */
  private static double cpuSeconds(long process) {
    try {
      String stat = process <= 0 ? "" : Files.readString(Path.of("/proc/" + process + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return fields.length < 13
          ? Double.NaN
          : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
