package dev.tutti.audio.codec.opus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first packet of Opus in Ogg.
 *
 * @param channels 1 to 8
 * @param preSkip frames at 48 kHz to leave out at the beginning
 * @param gain to apply, in 1/256 dB
 * @param streams how many Opus streams one packet holds
 * @param coupled how many of them are stereo
 * @param mapping for each channel, which decoded one it is; 255 is silence
 */
record OpusHead(int channels, int preSkip, int gain, int streams, int coupled, short[] mapping) {
  static final byte[] MARKER = "OpusHead".getBytes(StandardCharsets.US_ASCII);

  private static final int PLAIN_BYTES = 19;

  /**
   * @return empty if it is damaged or of a kind that is not meant for listening
   */
  static Optional<OpusHead> read(byte[] packet) {
    if (packet.length < PLAIN_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    int version = in.get(8);
    int channels = in.get(9) & 0xFF;
    int preSkip = in.getShort(10) & 0xFFFF;
    int gain = in.getShort(16);
    int family = in.get(18);
    if (version >> 4 != 0 || channels < 1 || channels > 8 || family > 1 || family < 0) {
      return Optional.empty();
    }
    if (family == 0) {
      short[] plain = {0, 1};
      return channels > 2
          ? Optional.empty()
          : Optional.of(new OpusHead(channels, preSkip, gain, 1, channels - 1, plain));
    }
    if (packet.length < PLAIN_BYTES + 2 + channels) {
      return Optional.empty();
    }
    int streams = in.get(19) & 0xFF;
    int coupled = in.get(20) & 0xFF;
    short[] mapping = new short[channels];
    boolean valid = streams > 0 && streams <= 8 && coupled <= streams;
    for (int c = 0; c < channels; c++) {
      mapping[c] = (short) (in.get(PLAIN_BYTES + 2 + c) & 0xFF);
      valid &= mapping[c] < streams + coupled || mapping[c] == 255;
    }
    return valid
        ? Optional.of(new OpusHead(channels, preSkip, gain, streams, coupled, mapping))
        : Optional.empty();
  }
}
