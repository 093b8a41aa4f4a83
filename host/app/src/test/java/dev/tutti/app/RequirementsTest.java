package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/requirements.md} names a test for each requirement, and that test exists. */
class RequirementsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern ROW = Pattern.compile("\\| (S0-\\d+) \\| ([^|]+) \\| ([^|]+) \\|");

  /** A class, with as much of its package as tells it from others, and a method. */
  private static final Pattern NAMED =
      Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w+(?:Test|IT))\\.(\\w+)`");

  private record Row(String id, String proof) {}

  @Test
  void eachRequirementHasOneRow() throws IOException {
    assertThat(rows().stream().map(Row::id))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 75).mapToObj(number -> "S0-" + number).toList());
  }

  @Test
  void eachRowNamesATestOrSaysWhyThereIsNone() throws IOException {
    assertThat(rows())
        .allSatisfy(row ->
            assertThat(NAMED.matcher(row.proof()).find() || row.proof().startsWith("no test: "))
                .as(row.id() + " is held by: " + row.proof())
                .isTrue());
  }

  @Test
  void eachTestThatIsNamedExists() throws IOException {
    List<Path> tests = tests();
    for (Row row : rows()) {
      Matcher named = NAMED.matcher(row.proof());
      while (named.find()) {
        String file = "/" + named.group(1).replace('.', '/') + ".java";
        List<Path> found = tests.stream().filter(test -> test.toString().endsWith(file)).toList();
        assertThat(found).as("%s: the files of %s", row.id(), named.group(1)).hasSize(1);
        Pattern method = Pattern.compile("(?:void|>) " + named.group(2) + "\\(");
        assertThat(method.matcher(Files.readString(found.getFirst())).find())
            .as("%s: %s has a method %s", row.id(), named.group(1), named.group(2))
            .isTrue();
      }
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/requirements.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(1), row.group(3)));
      }
    }
    return rows;
  }

  private static List<Path> tests() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : new String[] {"host", "plugins", "snapcast-compat", "web"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().contains("src/test/java")).forEach(found::add);
      }
    }
    return found;
  }
}
