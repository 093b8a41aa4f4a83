package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Group;
import dev.tutti.snapcast.control.ControlHouse.Listener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing a controller can send does more than be answered with an error. */
class GarbageTest {
  private static final List<String> REQUESTS =
      List.of(
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":{\"id\":\"bath#2\",\"volume\":{\"percent\":50,\"muted\":true}}}",
          "{\"id\":\"x\",\"jsonrpc\":\"2.0\",\"method\":\"Group.SetClients\",\"params\":{\"id\":\"4f1c2a90-77aa-0b3e-91d2-5c0fee21d7a4\",\"clients\":[\"bath#2\",\"a\"]}}",
          "{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"Stream.Control\",\"params\":{\"id\":\"default\",\"command\":\"seek\",\"params\":{\"offset\":-1.5e3}}}",
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.AddStream\",\"params\":{\"streamUri\":\"tcp://0.0.0.0:4953?name=default&codec=pcm\"}}",
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.RemoveStream\",\"params\":{\"id\":\"nobody\"}}",
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.Authenticate\",\"params\":{\"scheme\":\"Basic\",\"param\":\"YTpi\"}}",
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Group.SetVolume\",\"params\":{\"id\":\"4f1c2a90-77aa-0b3e-91d2-5c0fee21d7a4\",\"volume\":{\"percent\":50}}}",
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.SetProperty\",\"params\":{\"id\":\"default\",\"property\":\"loopStatus\",\"value\":\"none\"}}",
          "[{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"},{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetLatency\",\"params\":{\"id\":\"bath#2\",\"latency\":9}}]");
  private static final String ALPHABET = "{}[]\":,0123456789.eE+-truefalsn\\u \t\u0000ü";

  @Test
  void requestsWithWrongCharactersAreAnsweredOrIgnored() {
    long seed = 20260103;
    Random random = new Random(seed);
    ControlHouse house = new ControlHouse();
    Listener controller = house.controller();
    for (int round = 0; round < 20_000; round++) {
      String bad = mutated(REQUESTS.get(random.nextInt(REQUESTS.size())), random);
      for (String answer : house.ask(controller, bad)) {
        assertThat(Json.parse(answer)).as("seed %d round %d: %s", seed, round, bad).isNotNull();
      }
      controller.take();
    }
    assertThat(house.store.snapshot().groups())
        .extracting(Group::players)
        .doesNotContain(List.of());
  }

  private static String mutated(String text, Random random) {
    StringBuilder s = new StringBuilder(text);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !s.isEmpty(); i++) {
      int at = random.nextInt(s.length());
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(5)) {
        case 0 -> s.setCharAt(at, c);
        case 1 -> s.insert(at, c);
        case 2 -> s.deleteCharAt(at);
        case 3 -> s.setLength(at);
        default -> s.insert(at, s.substring(at, Math.min(s.length(), at + random.nextInt(40))));
      }
    }
    return s.toString();
  }

  @Test
  void bytesThatAreNoTextAreAParseError() {
    byte[] bytes = {'{', (byte) 0xff, '}'};

    assertThat(new ControlHouse().once(Incoming.read(bytes)))
        .contains(
            "{\"error\":{\"code\":-32700,\"data\":\"the text is not UTF-8\",\"message\":"
                + "\"Parse error\"},\"id\":null,\"jsonrpc\":\"2.0\"}");
  }

  @Test
  void deepNestingIsAParseErrorAndNoStackOverflow() {
    String deep = "[".repeat(500_000);

    assertThat(new ControlHouse().once(Incoming.read(deep)).orElseThrow()).contains("-32700");
  }

  @Test
  void hugeNumbersAreCutToWhatIsPossible() {
    ControlHouse house = new ControlHouse();
    String request =
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.Control\",\"params\":{\"id\":\"default\","
            + "\"command\":\"seek\",\"params\":{\"offset\":1e999}}}";

    assertThat(house.once(Incoming.read(request)).orElseThrow()).contains("\"ok\"");
    assertThat(house.streams.commands).hasSize(1);
  }

  @Test
  void aBatchCannotAskForMoreThanFitsIntoTheMemory() {
    ControlHouse house = new ControlHouse();
    for (int i = 0; i < 2000; i++) {
      house.arrive("player " + i, 1);
    }
    String request = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}";
    String batch = "[" + (request + ",").repeat(999) + request + "]";

    String answer = house.once(Incoming.read(batch)).orElseThrow();

    assertThat(answer.getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000_000);
    assertThat(answer)
        .endsWith(
            "{\"error\":{\"code\":-32603,\"data\":\"the batch asks for too much\",\"message\":"
                + "\"Internal error\"},\"id\":1,\"jsonrpc\":\"2.0\"}]");
  }
}
