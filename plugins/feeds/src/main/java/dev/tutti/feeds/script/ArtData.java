package dev.tutti.feeds.script;

import dev.tutti.api.audio.Art;
import dev.tutti.api.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A picture that came as bytes. Immutable. */
public final class ArtData implements Art {
  private static final int MOST_BYTES = 8 << 20;
  private static final Map<String, String> TYPES =
      Map.of(
          "jpg",
          "image/jpeg",
          "jpeg",
          "image/jpeg",
          "png",
          "image/png",
          "gif",
          "image/gif",
          "webp",
          "image/webp");

  private final String id;
  private final String mediaType;
  private final byte[] bytes;

  private ArtData(String id, String mediaType, byte[] bytes) {
    this.id = id;
    this.mediaType = mediaType;
    this.bytes = bytes;
  }

  /** A script's {@code {"data": base64, "extension": "jpg"}}; empty if it is none, or too large. */
  static Optional<Art> read(Json artData) {
    String text = artData.text("data").orElse("");
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text);
      return of(bytes, artData.text("extension").orElse("jpg"));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no base64: a picture less
    }
  }

  /**
   * A picture.
   *
   * @param extension of a file: jpg, png, gif or webp
   * @return empty if it is of another kind, empty or larger than 8 MiB
   */
  public static Optional<Art> of(byte[] bytes, String extension) {
    String type = TYPES.get(extension.toLowerCase(Locale.ROOT));
    if (type == null || bytes.length == 0 || bytes.length > MOST_BYTES) {
      return Optional.empty();
    }
    String ending = type.equals("image/jpeg") ? "jpg" : extension.toLowerCase(Locale.ROOT);
    return Optional.of(new ArtData(hash(bytes) + "." + ending, type, bytes.clone()));
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Art art && art.id().equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
