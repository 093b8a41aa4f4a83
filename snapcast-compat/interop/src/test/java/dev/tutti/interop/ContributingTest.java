package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger follows CONTRIBUTING.md to a first plugin (item 8). The blocks are run as they stand
 * there; only the clone is replaced, by the assembled program that a clone builds, and the host
 * listens on free ports.
 */
@Tag("long")
class ContributingTest {
  private static final Path PROGRAM = Path.of(System.getProperty("tutti.home"));
  private static final Path GUIDE = Path.of(System.getProperty("tutti.guide"));
  private static final Pattern BLOCK = Pattern.compile("```sh (\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void theCommandsAloneLeadToAPluginThatIsHeardAndSwapped() throws Exception {
    assertThat(block("clone")).as("what this test does by copying").endsWith(" tutti\n");
    copy(PROGRAM, folder.resolve("tutti"));
    shell(folder, block("build"));
    Path rain = folder.resolve("rain");

    try (TuttiProcess tutti = play(rain)) {
      assertThat(shell(rain, block("look"))).contains("Rain (rain 1.0.0)", "running");
      try (Snapclient client = Snapclient.join(folder, tutti.streamPort(), "stranger")) {
        Awaitility.await("rain is heard").atMost(PATIENCE).until(() -> loud(client.recorded()));
      }
      String before = jar(shell(rain, block("look")));
      Path source = rain.resolve("src/main/java/com/example/RainPlugin.java");
      String changed = Files.readString(source).replace("Soft noise", "Softer noise");
      Files.writeString(source, changed.replace("nextFloat() - 0.5f", "nextFloat() - 0.25f"));
      shell(rain, block("swap"));
      Awaitility.await("the changed plugin runs")
          .atMost(PATIENCE)
          .until(() -> shell(rain, block("look")), l -> !jar(l).equals(before) && running(l));
    }
  }

  /** The command of the guide, with options for free ports after it. */
  private TuttiProcess play(Path rain) throws IOException {
    Matcher command = Pattern.compile("(\\S+) --source '(\\S+)'\n").matcher(block("play"));
    assertThat(command.matches()).as(block("play")).isTrue();
    return TuttiProcess.startProgram(
        rain.resolve(command.group(1)).toRealPath(), data(), "--source=" + command.group(2));
  }

  /** Where {@code tutti} finds its state when XDG_DATA_HOME is redirected. */
  private Path data() {
    return folder.resolve("share/tutti");
  }

  private static boolean loud(byte[] pcm) {
    int sounding = 0;
    for (byte b : pcm) {
      sounding += b == 0 ? 0 : 1;
    }
    return sounding > 48_000;
  }

  private static boolean running(String info) {
    return Pattern.compile("State +running").matcher(info).find();
  }

  private static String jar(String info) {
    Matcher hash = Pattern.compile("SHA-256 +(\\w+)").matcher(info);
    assertThat(hash.find()).as(info).isTrue();
    return hash.group(1);
  }

  private static String block(String name) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
    while (blocks.find()) {
      if (blocks.group(1).equals(name)) {
        return blocks.group(2);
      }
    }
    throw new AssertionError("CONTRIBUTING.md has no block named " + name);
  }

  /** Runs commands as typed; Maven takes what it has from this build's local repository. */
  private String shell(Path where, String commands) throws Exception {
    Path log = Files.createTempFile(folder, "shell-", ".log");
    ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-e", "-c", commands));
    Map<String, String> environment = builder.environment();
    String home = System.getProperty("user.home");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putIfAbsent("MAVEN_USER_HOME", home + "/.m2");
    environment.put("MAVEN_ARGS", mavenArguments());
    environment.put("HOME", folder.toString());
    environment.put("XDG_DATA_HOME", folder.resolve("share").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    Process process =
        builder
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    assertThat(ended).as("%s ends:\n%s", commands, output).isTrue();
    assertThat(process.exitValue()).as("%s:\n%s", commands, output).isZero();
    return output;
  }

  private static String mavenArguments() {
    String repository = "-ntp -Dmaven.repo.local=" + System.getProperty("tutti.maven.repository");
    return System.getProperty("tutti.maven").equals("offline: true")
        ? "-o " + repository
        : repository;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
