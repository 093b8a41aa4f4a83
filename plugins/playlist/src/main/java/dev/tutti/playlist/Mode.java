package dev.tutti.playlist;

import dev.tutti.api.audio.PlayOrder;

/**
 * How a stream's list plays, kept between starts.
 *
 * @param seed of the shuffled order
 */
record Mode(boolean shuffle, PlayOrder.Repeat repeat, long seed) {
  PlayOrder playOrder() {
    return new PlayOrder(shuffle, repeat);
  }
}
