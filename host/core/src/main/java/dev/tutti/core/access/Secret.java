package dev.tutti.core.access;

import dev.tutti.api.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A password or token as its SHA-256, so that comparing takes equally long whatever is shown. */
final class Secret {
  private static final String HASHED = "sha256:";
  private static final int HASH_BYTES = 32;

  private final byte[] hash;

  private Secret(byte[] hash) {
    this.hash = hash;
  }

  /**
   * @param text the secret itself, or {@code sha256:} and the 64 hex digits of its hash
   * @throws ConfigException if it is empty or no hash
   */
  static Secret of(String owner, String text) {
    if (text.isEmpty()) {
      throw new ConfigException(
          "[access]: \"" + owner + "\" needs a secret that is not empty; remove it otherwise");
    }
    if (!text.startsWith(HASHED)) {
      return new Secret(sha256(text));
    }
    try {
      byte[] hash =
          HexFormat.of().parseHex(text.substring(HASHED.length()).toLowerCase(Locale.ROOT));
      if (hash.length == HASH_BYTES) {
        return new Secret(hash);
      }
    } catch (IllegalArgumentException e) {
      throw noHash(owner);
    }
    throw noHash(owner);
  }

  boolean is(String shown) {
    return MessageDigest.isEqual(hash, sha256(shown));
  }

  private static ConfigException noHash(String owner) {
    return new ConfigException(
        "[access]: after sha256: the secret of \""
            + owner
            + "\" must be 64 hex digits, as sha256sum prints them");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
