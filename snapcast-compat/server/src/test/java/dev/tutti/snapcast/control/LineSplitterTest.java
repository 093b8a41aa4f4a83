package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.snapcast.control.LineSplitter.LineTooLong;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final LineSplitter splitter = new LineSplitter();

  private List<String> add(String text) throws LineTooLong {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return splitter.add(bytes, bytes.length).stream()
        .map(line -> new String(line, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void linesEndWithLfAndLoseTheirCr() throws LineTooLong {
    assertThat(add("one\r\ntwo\nthr")).containsExactly("one", "two");
    assertThat(splitter.midLine()).isTrue();
    assertThat(add("ee\r\n")).containsExactly("three");
    assertThat(splitter.midLine()).isFalse();
  }

  @Test
  void theEmptyLineSnapdroidSendsAfterEachRequestIsSkipped() throws LineTooLong {
    assertThat(add("{}\r\n\n{}\r\n\n\r\n  \n")).containsExactly("{}", "{}");
  }

  @Test
  void aCrInsideALineStays() throws LineTooLong {
    assertThat(add("a\rb\r\r\n")).containsExactly("a\rb\r");
  }

  @Test
  void aLineOfAMebibyteIsTakenAndOneMoreByteIsNot() throws LineTooLong {
    String most = "x".repeat(LineSplitter.MAX_LINE_BYTES);
    assertThat(add(most + "\n")).containsExactly(most);

    assertThatThrownBy(() -> add(most + "x")).isInstanceOf(LineTooLong.class);
  }

  @Test
  void howTheBytesArriveDoesNotMatter() throws LineTooLong {
    long seed = 42;
    Random random = new Random(seed);
    String text = "first\r\nsecond ü\n\r\nthird\r\n".repeat(200);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int count = Math.min(bytes.length - at, random.nextInt(9));
      byte[] part = Arrays.copyOfRange(bytes, at, at + count + 3);
      splitter.add(part, count).forEach(l -> lines.add(new String(l, StandardCharsets.UTF_8)));
      at += count;
    }

    assertThat(lines).as("seed %d", seed).hasSize(600).startsWith("first", "second ü", "third");
  }
}
