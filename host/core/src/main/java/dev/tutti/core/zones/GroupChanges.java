package dev.tutti.core.zones;

import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import java.util.List;

/** A group with one thing changed. */
final class GroupChanges {
  private GroupChanges() {}

  static Group players(Group g, List<Player> players) {
    return with(
        g, g.name(), g.muted(), g.streamId(), players, g.volumePercent(), g.room(), g.mix());
  }

  static Group stream(Group g, String streamId) {
    return with(
        g, g.name(), g.muted(), streamId, g.players(), g.volumePercent(), g.room(), g.mix());
  }

  static Group muted(Group g, boolean muted) {
    return with(
        g, g.name(), muted, g.streamId(), g.players(), g.volumePercent(), g.room(), g.mix());
  }

  static Group name(Group g, String name) {
    return with(
        g, name, g.muted(), g.streamId(), g.players(), g.volumePercent(), g.room(), g.mix());
  }

  static Group volume(Group g, int percent) {
    return with(g, g.name(), g.muted(), g.streamId(), g.players(), percent, g.room(), g.mix());
  }

  static Group room(Group g, boolean room) {
    return with(
        g, g.name(), g.muted(), g.streamId(), g.players(), g.volumePercent(), room, g.mix());
  }

  static Group mix(Group g, MixSettings mix) {
    return with(
        g, g.name(), g.muted(), g.streamId(), g.players(), g.volumePercent(), g.room(), mix);
  }

  private static Group with(
      Group g,
      String name,
      boolean muted,
      String streamId,
      List<Player> players,
      int volumePercent,
      boolean room,
      MixSettings mix) {
    return new Group(g.id(), name, muted, streamId, players, volumePercent, room, mix);
  }
}
