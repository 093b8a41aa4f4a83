package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Type 1, server to client: which codec the chunks that follow are in. Starts the client's decoder
 * and sound device anew.
 *
 * @param codec {@code pcm}, {@code flac}, {@code opus} or {@code ogg}
 * @param header what the codec's decoder needs, between position and limit; read only
 */
public record CodecHeader(String codec, ByteBuffer header) implements Message {
  public static final int TYPE = 1;

  /** The magic of an opus header, in the byte order of the wire it reads SUPO. */
  private static final int OPUS_MAGIC = 0x4F505553;

  static CodecHeader decode(ByteBuffer in) throws ProtocolException {
    return new CodecHeader(Fields.text(in, "codec", 64), Fields.bytes(in, "CodecHeader"));
  }

  /**
   * For pcm: a WAVE header of 44 bytes without a length.
   *
   * @param bits 8, 16, 24 or 32; 24 travels in four bytes although the header says three
   */
  public static CodecHeader pcm(int rate, int bits, int channels) {
    ByteBuffer out = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(36).put(ascii("WAVEfmt ")).putInt(16);
    out.putShort((short) 1).putShort((short) channels).putInt(rate);
    out.putInt((int) ((long) rate * bits * channels / 8));
    out.putShort((short) (channels * ((bits + 7) / 8))).putShort((short) bits);
    out.put(ascii("data")).putInt(0);
    return new CodecHeader("pcm", out.flip().asReadOnlyBuffer());
  }

  /** For opus: 12 bytes; clients expect 48000, 16, 2. */
  public static CodecHeader opus(int rate, int bits, int channels) {
    ByteBuffer out = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(OPUS_MAGIC).putInt(rate).putShort((short) bits).putShort((short) channels);
    return new CodecHeader("opus", out.flip().asReadOnlyBuffer());
  }

  /** For flac and ogg: the stream head as the encoder gives it. The array is kept. */
  public static CodecHeader of(String codec, byte[] streamHead) {
    return new CodecHeader(codec, ByteBuffer.wrap(streamHead).asReadOnlyBuffer());
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    byte[] name = codec.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + name.length + header.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(name.length).put(name).putInt(header.remaining()).put(header.duplicate());
    return out.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
