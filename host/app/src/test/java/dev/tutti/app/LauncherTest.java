package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, with Javas and a Maven that only say what they were asked (issue 2 item 1): nothing
 * of this machine's is found but the tools every system has.
 */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../../tutti").toAbsolutePath().normalize();

  private static final String TOOLS =
      "sh awk cat cksum cut dirname find grep head id ls mkdir mv readlink rm sed sleep tee touch"
          + " uname wc";

  @TempDir Path folder;
  private Path bin;
  private Path program;

  @BeforeEach
  void unpackAProgram() throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS.split(" ")) {
      Path real = Path.of("/bin", tool);
      Path found = Files.exists(real) ? real : Path.of("/usr/bin", tool);
      script(bin.resolve(tool), "exec " + found + " \"$@\"");
    }
    program = Files.createDirectories(folder.resolve("my programs/tutti-1.0"));
    Files.createDirectories(program.resolve("lib"));
    Files.copy(LAUNCHER, program.resolve("tutti"));
  }

  @Test
  void withoutJavaOneSentenceSaysHowToGetIt() throws Exception {
    script(bin.resolve("curl"), "");

    Ran ran = run(program, Map.of());

    assertThat(ran.exitCode).isEqualTo(1);
    assertThat(ran.err.lines()).hasSize(1);
    assertThat(ran.err)
        .startsWith("tutti: no Java runtime 25 found in JAVA_HOME, on the PATH or in the usual")
        .contains("curl -fL https://api.adoptium.net/")
        .contains("| tar xz -C ~/.jdks/25 --strip-components=1");
  }

  @Test
  void aCleanDebianHasNoCurlEither() throws Exception {
    assertThat(run(program, Map.of()).err)
        .contains("apt-get install -y curl ca-certificates && curl -fL");
  }

  @Test
  void onMacOsTheSentenceNamesHomebrew() throws Exception {
    script(bin.resolve("uname"), "echo Darwin");

    assertThat(run(program, Map.of()).err).contains("brew install --cask temurin@25");
  }

  @Test
  void javaHomeIsTakenAndArgumentsArriveAsTheyAre() throws Exception {
    Path java = java("some java", "25.0.3", true);

    Ran ran = run(program, Map.of("JAVA_HOME", java.toString()), "--music", "/my music", "a'b\"c");

    assertThat(ran.exitCode).isZero();
    assertThat(ran.out)
        .startsWith("some java:")
        .contains("[-Dtutti.home=" + program + "]")
        .contains("[--enable-native-access=ALL-UNNAMED]")
        .endsWith("[-jar][" + program + "/lib/tutti.jar][--music][/my music][a'b\"c]\n");
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    Path old = java("old", "17.0.15", true);
    java("jvm/right", "25", true);

    Ran ran =
        run(
            program,
            Map.of(
                "JAVA_HOME", old.toString(), "TUTTI_JAVA_FOLDERS", folder.resolve("jvm") + "/*"));

    assertThat(ran.out).startsWith("right:");
  }

  @Test
  void aJavaOnThePathIsFoundThroughItsLink() throws Exception {
    Path java = java("linked", "25.0.1", true);
    Files.createSymbolicLink(bin.resolve("java"), java.resolve("bin/java"));

    assertThat(run(program, Map.of()).out).startsWith("linked:");
  }

  @Test
  void aJavaWithoutAReleaseFileIsAsked() throws Exception {
    Path java = java("quiet", "25.0.1", false);

    assertThat(run(program, Map.of("JAVA_HOME", java.toString())).out).startsWith("quiet:");
  }

  @Test
  void aNewerJavaRunsTheProgramToo() throws Exception {
    Path java = java("newer", "26", true);

    assertThat(run(program, Map.of("JAVA_HOME", java.toString())).out).startsWith("newer:");
  }

  @Test
  void theLauncherMayBeStartedThroughALink() throws Exception {
    Path java = java("j", "25", true);
    Path link = Files.createSymbolicLink(folder.resolve("tt"), program.resolve("tutti"));

    Ran ran = exec(link, folder, Map.of("JAVA_HOME", java.toString()));

    assertThat(ran.out).contains("[" + program + "/lib/tutti.jar]");
  }

  @Test
  void moreJavaOptionsComeLastAndWin() throws Exception {
    Path java = java("j", "25", true);

    assertThat(run(program, Map.of("JAVA_HOME", java.toString(), "JAVA_OPTS", "-Xmx1g")).out)
        .containsSubsequence("[-Xmx512m]", "[-Xmx1g]", "[-jar]");
  }

  @Test
  void whichJavaIsToldToOthers() throws Exception {
    Path java = java("j", "25", true);

    Ran ran = run(program, Map.of("JAVA_HOME", java.toString()), "--print-java-home");

    assertThat(ran.out).isEqualTo(java + "\n");
  }

  @Test
  void aCloneNeedsAJdk() throws Exception {
    Path runtime = java("runtime", "25", true);

    Ran ran = run(freshClone(), Map.of("JAVA_HOME", runtime.toString()));

    assertThat(ran.exitCode).isEqualTo(1);
    assertThat(ran.err).contains("no JDK 25 found");
  }

  @Test
  void aCloneIsBuiltOnceRehearsedAndThenStarts() throws Exception {
    Path clone = freshClone();
    Map<String, String> jdk = Map.of("JAVA_HOME", jdk().toString());

    Ran first = run(clone, jdk, "serve");
    Ran second = run(clone, jdk, "serve");

    assertThat(first.err)
        .contains("tutti: building; the first time this takes a few minutes")
        .contains("  Tutti API 1.0 [2/13]\n")
        .contains("tutti: rehearsing")
        .doesNotContain("Compiling 3 source files");
    assertThat(builds(clone)).isEqualTo(1);
    assertThat(second.err).isEmpty();
    assertThat(second.out)
        .contains("[-XX:AOTCache=" + clone + "/host/app/target/start-")
        .contains("[-Dtutti.launcher=" + clone + "]")
        .endsWith("/host/app/target/tutti-1.0/lib/tutti.jar][serve]\n");
  }

  @Test
  void onlyAChangedSourceIsBuiltAgain() throws Exception {
    Path clone = freshClone();
    Map<String, String> jdk = Map.of("JAVA_HOME", jdk().toString());
    run(clone, jdk);

    touchLater(clone.resolve("host/core/src/test/java/ATest.java"));
    touchLater(clone.resolve("host/core/target/classes/src/A.class"));
    run(clone, jdk);
    assertThat(builds(clone)).isEqualTo(1);

    touchLater(clone.resolve("host/core/src/main/java/A.java"));
    run(clone, jdk);
    assertThat(builds(clone)).isEqualTo(2);
  }

  @Test
  void aFailedBuildShowsItsErrorsAndStartsNothing() throws Exception {
    Path clone = freshClone();
    script(
        clone.resolve("mvnw"),
        "echo '[INFO] long talk'; echo '[ERROR] A.java:[3,4] missing ;'; echo '[ERROR] [Help 1]';"
            + " exit 1");

    Ran ran = run(clone, Map.of("JAVA_HOME", jdk().toString()));

    assertThat(ran.exitCode).isEqualTo(1);
    assertThat(ran.err)
        .contains("[ERROR] A.java:[3,4] missing ;")
        .contains("the build failed; all of its output is in " + clone)
        .doesNotContain("long talk", "Help 1");
    assertThat(ran.out).isEmpty();
    assertThat(clone.resolve("host/app/target/building")).doesNotExist();
  }

  @Test
  void aBuildThatWasKilledDoesNotBlockTheNext() throws Exception {
    Path clone = freshClone();
    Path lock = Files.createDirectories(clone.resolve("host/app/target/building"));
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.writeString(lock.resolve("pid"), ended.pid() + "\n");

    assertThat(run(clone, Map.of("JAVA_HOME", jdk().toString())).exitCode).isZero();
  }

  @Test
  void aRehearsalThatFailsIsToldAndNotTriedAgain() throws Exception {
    Path clone = freshClone();
    Path jdk = jdk();
    script(jdk.resolve("bin/java"), "case \"$*\" in *rehearse*) exit 1;; esac; echo plays");
    Map<String, String> env = Map.of("JAVA_HOME", jdk.toString());

    Ran first = run(clone, env);
    Ran second = run(clone, env);

    assertThat(first.err).contains("that failed, see").contains("going on without");
    assertThat(first.out).isEqualTo("plays\n");
    assertThat(second.err).isEmpty();
    assertThat(second.out).isEqualTo("plays\n");
  }

  @Test
  void onA32BitSystemASentenceOffersPlainSnapclient() throws Exception {
    script(bin.resolve("uname"), "echo armv7l");

    Ran ran = run(smallPackage(), Map.of("JAVA_HOME", java("j", "25", true).toString()));

    assertThat(ran.exitCode).isEqualTo(1);
    assertThat(ran.err)
        .isEqualTo(
            "tutti: Java 25 needs 64 bits and this system has 32 (armv7l); plain snapclient plays"
                + " with Tutti, too:  apt-get install snapclient; snapclient -h SERVER\n");
  }

  @Test
  void a64BitKernelBelowA32BitSystemIsNoHelp() throws Exception {
    script(bin.resolve("uname"), "echo aarch64");
    script(bin.resolve("getconf"), "[ $1 = LONG_BIT ] && echo 32");

    assertThat(run(program, Map.of()).err).contains("this system has 32 (aarch64)");
  }

  @Test
  void theSmallPackageIsThePlayerWithOrWithoutItsName() throws Exception {
    Path small = smallPackage();
    Map<String, String> env = Map.of("JAVA_HOME", java("j", "25", true).toString());
    String jar = "[-jar][" + small + "/lib/tutti-player-1.0.jar]";

    assertThat(run(small, env, "tcp://den", "--latency", "5").out)
        .contains("[-Xmx96m]")
        .endsWith(jar + "[tcp://den][--latency][5]\n");
    assertThat(run(small, env, "player", "tcp://den").out).endsWith(jar + "[tcp://den]\n");
    assertThat(run(small, env).out).endsWith(jar + "\n");
    assertThat(run(small, env, "edge", "tcp://den").out)
        .contains("[-Xmx96m]")
        .endsWith(jar + "[edge][tcp://den]\n");
    assertThat(run(small, env, "lab", "--seeds", "9").out)
        .doesNotContain("[-Xmx96m]")
        .endsWith(jar + "[lab][--seeds][9]\n");
  }

  @Test
  void thePlayerRehearsesOnceWhereTheUserKeepsCaches() throws Exception {
    Path small = smallPackage();
    Path cache = folder.resolve("home/.cache/tutti");
    Map<String, String> env = Map.of("JAVA_HOME", java("j", "25", true).toString());

    Ran help = run(small, env, "--help");
    assertThat(help.err).isEmpty();
    Ran first = run(small, env, "tcp://den");
    assertThat(first.err).isEqualTo("tutti: rehearsing, so that the next starts are fast\n");
    Ran second = run(small, env, "tcp://den");

    assertThat(second.err).isEmpty();
    assertThat(second.out).contains("[-XX:AOTCache=" + cache + "/player-");
    Files.writeString(small.resolve("lib/new.jar"), "of the next version");
    Ran updated = run(small, env, "tcp://den");
    assertThat(updated.err).contains("rehearsing");
    assertThat(updated.out).isNotEqualTo(second.out);
    try (var files = Files.list(cache)) {
      assertThat(files.filter(f -> f.toString().endsWith(".aot"))).hasSize(1);
    }
  }

  @Test
  void wrongOptionsOfAPlayerAreToldBeforeItRehearses() throws Exception {
    Path small = smallPackage();
    Path java = java("j", "25", true);
    script(
        java.resolve("bin/java"),
        "case \"$*\" in *' --check --oops') echo 'no such option' >&2; exit 2;; esac; echo plays");

    Ran ran = run(small, Map.of("JAVA_HOME", java.toString()), "--oops");

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).isEqualTo("no such option\n");
    assertThat(ran.out).isEmpty();
  }

  @Test
  void whileAnotherOneRehearsesAPlayerStartsWithout() throws Exception {
    Path small = smallPackage();
    Path cache = folder.resolve("home/.cache/tutti");
    Path lock = Files.createDirectories(cache.resolve("rehearsing"));
    Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
    Map<String, String> env = Map.of("JAVA_HOME", java("j", "25", true).toString());

    Ran ran = run(small, env, "tcp://den");

    assertThat(ran.err).isEmpty();
    assertThat(ran.out).contains("[tcp://den]").doesNotContain("AOTCache");
    Files.delete(lock.resolve("pid"));
    Files.delete(lock);
    assertThat(run(small, env, "tcp://den").err).contains("rehearsing");
    assertThat(lock).doesNotExist();
  }

  @Test
  void aRehearsalThatWasKilledDoesNotKeepOthersFromIt() throws Exception {
    Path small = smallPackage();
    Path lock = Files.createDirectories(folder.resolve("home/.cache/tutti/rehearsing"));
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.writeString(lock.resolve("pid"), ended.pid() + "\n");

    Ran ran = run(small, Map.of("JAVA_HOME", java("j", "25", true).toString()), "tcp://den");

    assertThat(ran.err).contains("rehearsing");
  }

  @Test
  void aPlayerWithoutAPlaceForItsCacheOrWithOtherJavaOptionsGoesWithout() throws Exception {
    Path small = smallPackage();
    String java = java("j", "25", true).toString();
    Path noFolder = Files.writeString(folder.resolve("file"), "");

    assertThat(run(small, Map.of("JAVA_HOME", java, "TUTTI_CACHE", noFolder.toString())).out)
        .doesNotContain("AOTCache");
    assertThat(run(small, Map.of("JAVA_HOME", java, "JAVA_OPTS", "-Xmx40m")).out)
        .contains("[-Xmx40m]")
        .doesNotContain("AOTCache");
  }

  // --- what stands in for the real things -------------------------------------------------------

  /** A Java that says its name and its arguments, and leaves the cache it is asked for. */
  private Path java(String name, String version, boolean releaseFile) throws IOException {
    Path home = folder.resolve(name);
    script(
        home.resolve("bin/java"),
        """
        for a in "$@"; do
          case $a in
            -version) echo 'openjdk version "%s" 2026-01-01' >&2; exit 0 ;;
            -XX:AOTCacheOutput=*) echo learnt >"${a#*=}" ;;
          esac
        done
        printf '%s:'
        for a in "$@"; do printf '[%%s]' "$a"; done
        echo
        """
            .formatted(version, home.getFileName()));
    if (releaseFile) {
      Files.writeString(
          home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }
    return home;
  }

  private Path smallPackage() throws IOException {
    Path small = folder.resolve("tutti-player-1.0");
    Files.createDirectories(small.resolve("lib"));
    Files.writeString(small.resolve("lib/tutti-player-1.0.jar"), "jar");
    Files.copy(LAUNCHER, small.resolve("tutti-player"));
    return small;
  }

  private Path jdk() throws IOException {
    Path home = java("jdk", "25.0.3", true);
    script(home.resolve("bin/javac"), "");
    return home;
  }

  private Path freshClone() throws IOException {
    Path clone = Files.createDirectories(folder.resolve("my clone"));
    Files.copy(LAUNCHER, clone.resolve("tutti"));
    Files.createDirectories(clone.resolve("host/core/src/main/java"));
    Files.writeString(clone.resolve("host/core/src/main/java/A.java"), "class A {}");
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    script(
        clone.resolve("mvnw"),
        """
        cd "$(dirname "$0")"
        echo "[INFO] Building Tutti API 1.0                             [2/13]"
        echo "[INFO] Compiling 3 source files"
        mkdir -p host/app/target/tutti-1.0/lib
        echo "$*" >>builds
        """);
    return clone;
  }

  private static long builds(Path clone) throws IOException {
    return Files.readAllLines(clone.resolve("builds")).size();
  }

  private static void touchLater(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "changed");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    FileTime before = FileTime.from(Instant.now().minusSeconds(3600));
    for (Path at = file.getParent(); !at.endsWith("my clone"); at = at.getParent()) {
      Files.setLastModifiedTime(at, before);
    }
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Ran(int exitCode, String out, String err) {}

  private Ran run(Path where, Map<String, String> environment, String... args) throws Exception {
    Path small = where.resolve("tutti-player");
    Path launcher = Files.exists(small) ? small : where.resolve("tutti");
    return exec(launcher, where, environment, args);
  }

  private Ran exec(Path launcher, Path where, Map<String, String> environment, String... args)
      throws Exception {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "skipped: this system has no /bin/sh");
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().put("TUTTI_JAVA_FOLDERS", "/nonexistent");
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the launcher ends").isTrue();
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
