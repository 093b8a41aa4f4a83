package dev.tutti.feeds.process;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into arguments as a shell would, without running one. */
public final class Arguments {
  private Arguments() {}

  /** Blanks separate; single and double quotes and backslashes keep them together. */
  public static List<String> split(String line) {
    List<String> all = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        open = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        open = true;
      } else if (Character.isWhitespace(c)) {
        if (open) {
          all.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      all.add(word.toString());
    }
    return all;
  }
}
