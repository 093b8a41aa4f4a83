package dev.tutti.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
  private final List<String> heard = new ArrayList<>();
  private final Conversation conversation =
      new Conversation(line -> {
        heard.add(line);
        return line.equals("two") ? "one\ntwo" : "yes";
      });

  private String say(String text) {
    return new String(
        conversation.hear(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))),
        StandardCharsets.UTF_8);
  }

  @Test
  void everyAnswerIsFollowedByALineThatSaysEnd() {
    assertThat(say("a\r\n two \nquit\n"))
        .isEqualTo("yes\r\nEND\r\none\r\ntwo\r\nEND\r\nBye!\r\nEND\r\n");
    assertThat(heard).containsExactly("a", "two");
    assertThat(conversation.over()).isTrue();
  }

  @Test
  void aLineMayComeInPieces() {
    assertThat(say("Kü").concat(say("che.sta"))).isEmpty();
    assertThat(say("tus\n")).isEqualTo("yes\r\nEND\r\n");
    assertThat(heard).containsExactly("Küche.status");
  }

  @Test
  void afterQuitNothingIsHeard() {
    say("exit\nvar.set playing = false\n");
    say("var.set playing = false\n");
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1", "patch /x HTTP/2", "GET http://localhost/ HTTP/1.0"})
  void aWebPageCannotSpeakLines(String request) {
    assertThat(say(request + "\r\nHost: localhost\r\n\r\nvar.set playing = false\r\n")).isEmpty();
    assertThat(conversation.over()).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void aLineWithoutEndEndsIt() {
    say("x".repeat(Conversation.LONGEST_LINE));
    assertThat(conversation.over()).isFalse();
    say("x");
    assertThat(conversation.over()).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void garbageIsAnsweredOrLeft() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      Conversation other = new Conversation(line -> "no");
      String said = new String(other.hear(ByteBuffer.wrap(bytes)), StandardCharsets.UTF_8);
      assertThat(said).as("seed %s", seed).matches("(no\r\nEND\r\n)*");
    }
  }
}
