package dev.tutti.core.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The real disk, until it is told to be full, or to lose power before a certain step. */
public final class FaultyDisk implements Disk {
  private final Disk real = new SystemDisk();
  private final List<String> steps = new ArrayList<>();
  private Predicate<String> fails = step -> false;

  /** Every write fails from now on. */
  public void fill() {
    failAt(step -> step.startsWith("write"));
  }

  /** Fails at steps such as {@code "replace a.json.tmp a.json"}. */
  public void failAt(Predicate<String> step) {
    fails = step;
  }

  public void repair() {
    fails = step -> false;
  }

  public List<String> steps() {
    return List.copyOf(steps);
  }

  private void step(String step) throws IOException {
    steps.add(step);
    if (fails.test(step)) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    step("read " + file.getFileName());
    return real.read(file);
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    step("write " + file.getFileName());
    real.write(file, content);
  }

  @Override
  public void keep(Path file, Path copy) throws IOException {
    step("keep " + file.getFileName() + " " + copy.getFileName());
    real.keep(file, copy);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    step("replace " + from.getFileName() + " " + to.getFileName());
    real.replace(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step("delete " + file.getFileName());
    real.delete(file);
  }
}
