package dev.tutti.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom (ARCHITECTURE.md, "The walls"). */
class ArchitectureTest {
  private static final String[] PLUGINS = {
    "dev.tutti.feeds..",
    "dev.tutti.announce..",
    "dev.tutti.ambient..",
    "dev.tutti.playlist..",
    "dev.tutti.fallback..",
    "dev.tutti.telnet..",
    "dev.tutti.web..",
    "dev.tutti.snapcast.server..",
    "dev.tutti.snapcast.control.."
  };
  private static final JavaClasses TUTTI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tutti");

  @TestFactory
  Stream<DynamicTest> walls() {
    return Stream.of(
            rule(
                "the api knows nobody",
                only("dev.tutti.api..", "java..", "org.jspecify..", "dev.tutti.api..")),
            rule(
                "audio knows only the api's value types, its codecs and the JDK",
                knowsNoneOf(
                    "dev.tutti.audio..",
                    "dev.tutti.core..",
                    "dev.tutti.snapcast..",
                    "dev.tutti.testkit..",
                    "dev.tutti.api",
                    "dev.tutti.api.stream..",
                    "dev.tutti.api.zone..",
                    "dev.tutti.api.http..",
                    "java.net..")),
            rule(
                "the protocol knows nobody, does no I/O and has no threads",
                knowsNoneOf(
                    "dev.tutti.snapcast.protocol..",
                    "dev.tutti.api..",
                    "dev.tutti.audio..",
                    "dev.tutti.core..",
                    "dev.tutti.snapcast.sessions..",
                    "dev.tutti.snapcast.server..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.util.concurrent..")),
            rule(
                "sessions know the protocol and audio only",
                knowsNoneOf(
                    "dev.tutti.snapcast.sessions..",
                    "dev.tutti.core..",
                    "dev.tutti.snapcast.server..",
                    "dev.tutti.snapcast.control..",
                    "java.net..",
                    "java.nio.channels..")),
            rule(
                "the player knows audio and the protocol, never the host",
                knowsNoneOf(
                    "dev.tutti.player..",
                    "dev.tutti.core..",
                    "dev.tutti.snapcast.server..",
                    "dev.tutti.snapcast.control..",
                    "org.eclipse.jetty..",
                    "dev.tutti.testkit..")),
            rule(
                "the player's steps do no I/O and have no threads",
                noClasses()
                    .that()
                    .resideInAnyPackage(
                        "dev.tutti.player.clock..",
                        "dev.tutti.player.session..",
                        "dev.tutti.player.decode..",
                        "dev.tutti.player.playout..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                        "java.net..", "java.nio.channels..", "java.util.concurrent..")),
            rule(
                "the core knows api and audio only",
                knowsNoneOf(
                    "dev.tutti.core..",
                    "dev.tutti.snapcast..",
                    "dev.tutti.playlist..",
                    "dev.tutti.web..",
                    "dev.tutti.feeds..",
                    "dev.tutti.announce..",
                    "dev.tutti.ambient..",
                    "dev.tutti.telnet..",
                    "dev.tutti.testkit..")),
            rule(
                "a plugin never knows the core",
                noClasses()
                    .that()
                    .resideInAnyPackage(PLUGINS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tutti.core..", "dev.tutti.testkit..")),
            rule(
                "only the command line prints",
                noClasses()
                    .that(
                        resideInAPackage("dev.tutti..")
                            .and(
                                resideInAnyPackage(
                                        "dev.tutti.core.cli..", "dev.tutti.snapcast.bench..")
                                    .negate()))
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")),
            rule(
                "time is read in one place",
                noClasses()
                    .that(
                        resideInAPackage("dev.tutti..")
                            .and(
                                resideInAnyPackage(
                                        "dev.tutti.core.time..",
                                        "dev.tutti.core.cli..",
                                        "dev.tutti.player.shell..",
                                        "dev.tutti.snapcast.bench..")
                                    .negate()))
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")),
            DynamicTest.dynamicTest(
                "no cycles between packages",
                () -> {
                  for (String root :
                      List.of(
                          "dev.tutti.core",
                          "dev.tutti.audio",
                          "dev.tutti.snapcast",
                          "dev.tutti.player",
                          "dev.tutti.playlist")) {
                    slices()
                        .matching(root + ".(**)")
                        .should()
                        .beFreeOfCycles()
                        .allowEmptyShould(true)
                        .check(TUTTI);
                  }
                }))
        .map(DynamicTest.class::cast);
  }

  private static DynamicTest rule(String sentence, ArchRule rule) {
    return DynamicTest.dynamicTest(sentence, () -> rule.as(sentence).check(TUTTI));
  }

  private static ArchRule only(String who, String... allowed) {
    return classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  private static ArchRule knowsNoneOf(String who, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
