package dev.tutti.api.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What a caller shows. Texts never contain the secret. */
public sealed interface Credentials {
  /** The longest that is looked at; nothing honest comes near. */
  int MAX_LENGTH = 4096;

  /** A user's name and password; a token may stand in the place of the password. */
  record Password(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "Password[" + user + "]";
    }
  }

  /** A token. */
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer";
    }
  }

  /**
   * Reads what Snapcast and HTTP carry as a scheme and a parameter: {@code Basic} with base64 of
   * {@code user:password}, {@code Plain} with {@code user:password}, {@code Bearer} with a token;
   * upper or lower case.
   *
   * @return empty if the scheme is unknown or the parameter is nonsense
   */
  static Optional<Credentials> of(String scheme, String param) {
    if (param.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return switch (scheme.strip().toLowerCase(Locale.ROOT)) {
      case "basic" -> decoded(param.strip()).flatMap(Credentials::password);
      case "plain" -> password(param);
      case "bearer" -> param.isBlank() ? Optional.empty() : Optional.of(new Bearer(param.strip()));
      default -> Optional.empty();
    };
  }

  /** Reads the value of an HTTP header {@code Authorization}. */
  static Optional<Credentials> ofHeader(String header) {
    String[] parts = header.strip().split(" ", 2);
    return parts.length < 2 ? Optional.empty() : of(parts[0], parts[1]);
  }

  private static Optional<String> decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Credentials> password(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new Password(text.substring(0, colon), text.substring(colon + 1)));
  }
}
