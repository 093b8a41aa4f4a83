package dev.tutti.core.cli;

import dev.tutti.core.cli.Finding.Verdict;
import dev.tutti.core.config.Configuration;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tutti doctor}: is everything in order on this machine? */
@Command(
    name = "doctor",
    header = "Checks Java, ports, codecs, mDNS, write access and clock; each line says what to do.",
    description = {"The exit code is 1 if something has to be done."},
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti doctor", "  tutti doctor --config /etc/tutti.toml"})
final class DoctorCommand implements Callable<Integer> {
  @Mixin ConfigOptions config;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read().build();
    List<Finding> findings =
        new Doctor(configuration, config.found(), Installation.find(configuration)).examine();
    findings.forEach(f -> out.println(f.line()));
    boolean sick = findings.stream().anyMatch(f -> f.verdict() == Verdict.FAIL);
    boolean pale = findings.stream().anyMatch(f -> f.verdict() == Verdict.WARN);
    out.println(
        sick
            ? "Something has to be done: see the lines that begin with fail."
            : pale ? "It works; see the lines that begin with warn." : "All is well.");
    return sick ? Main.FAILURE : Main.OK;
  }
}
