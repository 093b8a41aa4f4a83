package dev.tutti.telnet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What one caller says, and what it is answered: each line by some lines and one that says END.
 * Bytes in, bytes out; no I/O. For one thread.
 */
final class Conversation {
  /** In bytes; nothing that is meant comes near. */
  static final int LONGEST_LINE = 512;

  private static final byte[] NOTHING = {};

  /** A page in a browser on this machine may be made to send such, and lines of ours after it. */
  private static final Pattern HTTP = Pattern.compile(".* HTTP/.*");

  private final UnaryOperator<String> answers;
  private final ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
  private boolean over;

  /**
   * @param answers from a line, without blanks around it, to what is said to it
   */
  Conversation(UnaryOperator<String> answers) {
    this.answers = answers;
  }

  /** Whether it is at its end: what is said further is not heard. */
  boolean over() {
    return over;
  }

  /**
   * Hears what has come, however it is cut. A line that is too long, or one of HTTP, ends it.
   *
   * @return what is to be sent, maybe nothing
   */
  byte[] hear(ByteBuffer bytes) {
    StringBuilder said = new StringBuilder();
    while (bytes.hasRemaining() && !over) {
      byte each = bytes.get();
      if (each == '\n') {
        said.append(answer(StandardCharsets.UTF_8.decode(line.flip()).toString().strip()));
        line.clear();
      } else if (line.hasRemaining()) {
        line.put(each);
      } else {
        over = true;
      }
    }
    return said.isEmpty() ? NOTHING : said.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String answer(String command) {
    if (HTTP.matcher(command).matches()) {
      over = true;
      return "";
    }
    over = command.equals("quit") || command.equals("exit");
    return (over ? "Bye!" : answers.apply(command)).replace("\n", "\r\n") + "\r\nEND\r\n";
  }
}
