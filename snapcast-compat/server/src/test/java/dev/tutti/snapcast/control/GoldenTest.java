package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.control.ControlHouse.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Conversations written down word for word, each in a fresh house. In the files a line that begins
 * with {@code #} opens a conversation and says what it shows; {@code >} is what a controller sends,
 * {@code <} what it is sent, {@code *} what another controller is sent; … stands for anything.
 */
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> conversations() {
    return Stream.of("framework", "client", "group", "server", "stream")
        .flatMap(name -> conversations(name).stream())
        .map(c -> DynamicTest.dynamicTest(c.title(), () -> play(c)));
  }

  private record Conversation(String title, List<String> lines) {}

  private static List<Conversation> conversations(String name) {
    List<Conversation> all = new ArrayList<>();
    for (String line : read("golden/" + name + ".txt").split("\n")) {
      if (line.startsWith("#")) {
        all.add(new Conversation(name + ": " + line.substring(1).strip(), new ArrayList<>()));
      } else if (!line.isBlank()) {
        all.getLast().lines().add(line);
      }
    }
    return all;
  }

  private static String read(String resource) {
    try (InputStream in = GoldenTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void play(Conversation conversation) {
    ControlHouse house = new ControlHouse();
    house.scope.run();
    Listener asker = house.controller();
    Listener other = house.controller();
    List<String> lines = conversation.lines();
    int at = 0;
    while (at < lines.size()) {
      String request = body(lines.get(at++), '>');
      List<String> answers = new ArrayList<>();
      List<String> news = new ArrayList<>();
      while (at < lines.size() && lines.get(at).charAt(0) != '>') {
        String line = lines.get(at++);
        (line.charAt(0) == '<' ? answers : news).add(body(line, line.charAt(0)));
      }
      assertMatches(request, house.ask(asker, request), answers);
      assertMatches("the other after " + request, other.take(), news);
    }
  }

  private static String body(String line, char kind) {
    assertThat(line.charAt(0)).as(line).isEqualTo(kind);
    return line.substring(1).strip();
  }

  private static void assertMatches(String what, List<String> actual, List<String> expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      String pattern =
          Arrays.stream(expected.get(i).split("…", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      if (expected.get(i).contains("…")) {
        assertThat(actual.get(i)).as(what).matches(pattern);
      } else {
        assertThat(actual.get(i)).as(what).isEqualTo(expected.get(i));
      }
    }
  }
}
