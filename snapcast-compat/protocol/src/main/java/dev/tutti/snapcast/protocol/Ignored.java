package dev.tutti.snapcast.protocol;

/** A message of a type that everybody ignores: 0 (Base) and 6 (StreamTags, retired). */
public record Ignored(int type) implements Message {
  static final int BASE = 0;
  static final int STREAM_TAGS = 6;

  @Override
  public byte[] payload() {
    return new byte[0];
  }
}
