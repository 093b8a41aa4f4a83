package dev.tutti.playlist;

import java.util.Optional;

/**
 * A place in the music, as the token the host keeps: a frame of a track, in a run of the list, at
 * the gain the track started with (so that it goes on at exactly that gain after a pause or a
 * restart).
 *
 * @param frame in the stream's rate
 * @param run how many times the list has been played through; each run shuffles anew
 * @param gainDb the gain fixed at the track's start, or NaN to decide at the start
 * @param id the track
 */
record Place(long frame, int run, double gainDb, String id) {
  private static final int LIMIT = 1024;

  static Place startOf(String id, int run) {
    return new Place(0, run, Double.NaN, id);
  }

  Place at(long newFrame) {
    return new Place(Math.max(0, newFrame), run, gainDb, id);
  }

  String token() {
    return "1|" + frame + "|" + run + "|" + gainDb + "|" + id;
  }

  /** Empty if the text is no token of ours. */
  static Optional<Place> parse(String token) {
    String[] parts = token.length() > LIMIT ? new String[0] : token.split("\\|", 5);
    if (parts.length != 5 || !parts[0].equals("1") || parts[4].isEmpty()) {
      return Optional.empty();
    }
    try {
      long frame = Long.parseLong(parts[1]);
      int run = Integer.parseInt(parts[2]);
      double gainDb = Double.parseDouble(parts[3]);
      return frame < 0 || run < 0 || gainDb > 30
          ? Optional.empty()
          : Optional.of(new Place(frame, run, gainDb, parts[4]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
