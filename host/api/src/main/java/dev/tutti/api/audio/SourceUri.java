package dev.tutti.api.audio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a source, {@code scheme://[user:password@][host[:port]]/path?key=value#fragment},
 * as Snapcast writes them (reference: protocol section 9.1): parts are percent-decoded, {@code +}
 * is literal, blanks are allowed, enclosing quotes are dropped, unknown keys are kept.
 *
 * @param scheme lower case
 * @param userInfo {@code user:password}, or empty; never shown by {@link #toString}
 * @param host with {@code :port} if given, or empty
 * @param path decoded, with its leading slash, or empty
 * @param query in the order of the text
 * @param fragment or empty
 */
public record SourceUri(
    String scheme,
    String userInfo,
    String host,
    String path,
    Map<String, String> query,
    String fragment) {
  private static final int LIMIT = 8192;
  private static final Pattern TEXT =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://(?:([^@/?#]*)@)?([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#(.*))?",
          Pattern.DOTALL);

  public SourceUri {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /**
   * @throws IllegalArgumentException if the text is no such address, or longer than 8 KiB
   */
  public static SourceUri parse(String text) {
    String t = text.strip();
    if (t.length() > LIMIT) {
      throw new IllegalArgumentException(
          "a source address may have at most " + LIMIT + " characters");
    }
    boolean quoted =
        (t.startsWith("\"") && t.endsWith("\"")) || (t.startsWith("'") && t.endsWith("'"));
    if (t.length() >= 2 && quoted) {
      t = t.substring(1, t.length() - 1);
    }
    Matcher m = TEXT.matcher(t);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected scheme://[host]/path?key=value, for example pipe:///tmp/snapfifo?name=default, not \""
              + text
              + "\"");
    }
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : orEmpty(m.group(5)).split("&", -1)) {
      int eq = pair.indexOf('=');
      if (!pair.isEmpty()) {
        query.put(
            decode(eq < 0 ? pair : pair.substring(0, eq)),
            eq < 0 ? "" : decode(pair.substring(eq + 1)));
      }
    }
    return new SourceUri(
        m.group(1).toLowerCase(Locale.ROOT),
        decode(orEmpty(m.group(2))),
        decode(m.group(3)),
        decode(m.group(4)),
        query,
        decode(orEmpty(m.group(6))));
  }

  /** A query value. */
  public Optional<String> option(String key) {
    return Optional.ofNullable(query.get(key));
  }

  /** The same address with one more option, or another value for it. */
  public SourceUri with(String key, String value) {
    Map<String, String> q = new LinkedHashMap<>(query);
    q.put(key, value);
    return new SourceUri(scheme, userInfo, host, path, q, fragment);
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** The address without user and password, query keys as given. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder(scheme).append("://").append(host).append(path);
    char sep = '?';
    for (Map.Entry<String, String> e : query.entrySet()) {
      s.append(sep).append(e.getKey()).append('=').append(e.getValue());
      sep = '&';
    }
    return fragment.isEmpty() ? s.toString() : s.append('#').append(fragment).toString();
  }
}
