package dev.tutti.audio.codec.opus;

/** Vorbis and Opus put the centre second; everywhere else it comes after left and right. */
final class ChannelOrder {
  private static final int[][] TO_WAVE = {
    {},
    {0},
    {0, 1},
    {0, 2, 1},
    {0, 1, 2, 3},
    {0, 2, 1, 3, 4},
    {0, 2, 1, 5, 3, 4},
    {0, 2, 1, 6, 5, 3, 4},
    {0, 2, 1, 7, 5, 6, 3, 4}
  };

  private ChannelOrder() {}

  /**
   * @return for each channel in our order (that of WAV files), its place in a Vorbis frame
   */
  static int[] fromVorbis(int channels) {
    return TO_WAVE[channels].clone();
  }
}
