package dev.tutti.playlist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tags of the Xiph formats: names with any number of values. Whatever is damaged, cut off or
 * out of bounds is left out; what stands before it is kept.
 *
 * @param values by name in upper case, in the file's order
 */
record VorbisComments(Map<String, List<String>> values) {
  static final VorbisComments NONE = new VorbisComments(Map.of());

  private static final String PICTURE = "METADATA_BLOCK_PICTURE";
  private static final int MAX_COMMENTS = 2000;
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUE_BYTES = 64 * 1024;
  private static final int MAX_PICTURE_BYTES = 12 * 1024 * 1024;
  private static final int FRONT_COVER = 3;

  VorbisComments {
    values = Map.copyOf(values);
  }

  /**
   * @param data positioned at the length of the maker's name
   */
  static VorbisComments read(ByteBuffer data) {
    ByteBuffer in = data.order(ByteOrder.LITTLE_ENDIAN);
    if (part(in, MAX_VALUE_BYTES).isEmpty() || in.remaining() < 4) {
      return NONE;
    }
    Map<String, List<String>> values = new TreeMap<>();
    int claimed = in.getInt();
    for (int i = 0; i < MAX_COMMENTS && i != claimed && in.remaining() >= 4; i++) {
      Optional<byte[]> comment = part(in, MAX_PICTURE_BYTES);
      if (comment.isEmpty()) {
        break;
      }
      add(values, comment.get());
    }
    return new VorbisComments(values);
  }

  /** The bytes behind their length, if as many are there. */
  private static Optional<byte[]> part(ByteBuffer in, int max) {
    if (in.remaining() < 4) {
      return Optional.empty();
    }
    int length = in.getInt();
    if (length < 0 || length > in.remaining() || length > max) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Optional.of(bytes);
  }

  private static void add(Map<String, List<String>> values, byte[] comment) {
    int equals = 0;
    while (equals < comment.length && equals <= MAX_NAME && comment[equals] != '=') {
      equals++;
    }
    if (equals == 0 || equals > MAX_NAME || equals == comment.length) {
      return;
    }
    String name =
        new String(comment, 0, equals, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    int length = comment.length - equals - 1;
    if (length <= MAX_VALUE_BYTES || name.equals(PICTURE)) {
      String value = new String(comment, equals + 1, length, StandardCharsets.UTF_8);
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
  }

  /** All values of a name that say something. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(v -> !v.isBlank()).toList();
  }

  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The front cover; without one, the first picture. */
  Optional<byte[]> picture() {
    Optional<byte[]> any = Optional.empty();
    for (String text : all(PICTURE)) {
      Optional<Picture> picture = Picture.read(text);
      if (picture.isPresent() && picture.get().kind() == FRONT_COVER) {
        return Optional.of(picture.get().data());
      }
      any = any.or(() -> picture.map(Picture::data));
    }
    return any;
  }

  /** What FLAC calls a picture block. */
  private record Picture(int kind, byte[] data) {
    static Optional<Picture> read(String base64) {
      ByteBuffer in;
      try {
        in = ByteBuffer.wrap(Base64.getMimeDecoder().decode(base64));
      } catch (IllegalArgumentException damaged) {
        return Optional.empty();
      }
      if (in.remaining() < 4) {
        return Optional.empty();
      }
      int kind = in.getInt();
      Optional<byte[]> mediaType = part(in, MAX_VALUE_BYTES);
      Optional<byte[]> description = mediaType.flatMap(m -> part(in, MAX_VALUE_BYTES));
      int sizesAndColours = 16;
      if (description.isEmpty() || in.remaining() < sizesAndColours) {
        return Optional.empty();
      }
      in.position(in.position() + sizesAndColours);
      return part(in, MAX_PICTURE_BYTES).filter(d -> d.length > 0).map(d -> new Picture(kind, d));
    }
  }
}
