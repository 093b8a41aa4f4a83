package dev.tutti.audio.codec.opus;

/** What an Opus packet says about itself in its first bytes. */
final class OpusPacket {
  /** The longest there can be: 120 ms at 48 kHz. */
  static final int MAX_FRAMES = 5760;

  private OpusPacket() {}

  /** How many frames at 48 kHz it decodes to; 0 if it cannot be. */
  static int frames(byte[] packet) {
    if (packet.length == 0) {
      return 0;
    }
    int config = (packet[0] & 0xFF) >> 3;
    int perFrame =
        config < 12
            ? new int[] {480, 960, 1920, 2880}[config & 3]
            : config < 16 ? 480 << (config & 1) : 120 << (config & 3);
    int count =
        switch (packet[0] & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> packet.length > 1 ? packet[1] & 0x3F : 0;
        };
    int frames = perFrame * count;
    return frames > MAX_FRAMES ? 0 : frames;
  }
}
