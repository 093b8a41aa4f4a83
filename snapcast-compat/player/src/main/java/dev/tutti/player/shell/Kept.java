package dev.tutti.player.shell;

import dev.tutti.api.json.Json;
import dev.tutti.player.fallback.Mode;
import dev.tutti.player.keeper.House;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a player that begins without its server goes by: who else is in the house, how loud it was,
 * and whether there was sound at all. Beside the pack, in {@code house.json} and {@code room.json}.
 * Thread-safe.
 */
final class Kept {
  private static final System.Logger LOG = System.getLogger(Kept.class.getName());
  private static final int MAX_PORT = 65_535;

  /** A stream that rests so often, looked at every two seconds, is at rest. */
  private static final int RESTS = 5;

  private final KeptFile houseFile;
  private final KeptFile roomFile;
  private final Optional<Json> houseBefore;
  private Optional<Json> house;
  private Optional<Json> room;
  private int resting;

  /**
   * @param setup whose folder it is in; if nothing is played, nothing is kept
   * @param instance of several players on one machine
   */
  Kept(FallbackSetup setup, int instance) {
    Path folder = setup.data();
    String which = instance > 1 ? "-" + instance : "";
    houseFile = new KeptFile(folder.resolve("house" + which + ".json"));
    roomFile = new KeptFile(folder.resolve("room" + which + ".json"));
    houseBefore = setup.enabled() ? houseFile.read() : Optional.empty();
    house = houseBefore;
    room = setup.enabled() ? roomFile.read() : Optional.empty();
    if (room.isPresent() && settings().isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} says nothing of the volume that makes sense: without a server the room plays at full"
              + " volume",
          "room" + which + ".json");
    }
  }

  /** Who else was in the house when it was kept last. */
  Optional<House> house() {
    return houseBefore.flatMap(HouseText::read);
  }

  /** Where we listened for the others then, so that they find us again; 0 for anywhere. */
  int port() {
    int port = houseBefore.flatMap(told -> told.number("listens")).map(Number::intValue).orElse(0);
    return port < 0 || port > MAX_PORT ? 0 : port;
  }

  /** The server has told who is in the house. */
  synchronized void house(House told, int port) {
    Json now = HouseText.write(told, port);
    if (!house.equals(Optional.of(now))) {
      house = Optional.of(now);
      write(houseFile, now);
    }
  }

  /** How loud it was, and how late. */
  synchronized Optional<ServerSettings> settings() {
    return room.flatMap(kept ->
        kept.number("bufferMs")
            .flatMap(bufferMs ->
                kept.number("volume")
                    .map(volume ->
                        new ServerSettings(
                            bufferMs.intValue(),
                            kept.number("latencyMs").map(Number::intValue).orElse(0),
                            kept.bool("muted").orElse(false),
                            volume.intValue()))));
  }

  /** Whether there was sound when it was kept last, as far as that is known. */
  synchronized boolean played() {
    return room.flatMap(kept -> kept.bool("playing")).orElse(true);
  }

  /**
   * Looks what there is to be kept; every two seconds.
   *
   * @param served whether a server ever served us: before that nothing is known that was not kept
   */
  synchronized void look(ServerSettings settings, Mode mode, boolean served) {
    resting = mode == Mode.STOPPED ? resting + 1 : 0;
    if (!served && room.isEmpty()) {
      return;
    }
    boolean playing = resting == 0 || (played() && (!served || resting < RESTS));
    Json now =
        Json.of(
            "bufferMs",
            settings.bufferMs(),
            "latencyMs",
            settings.latencyMs(),
            "muted",
            settings.muted(),
            "volume",
            settings.volumePercent(),
            "playing",
            playing);
    if (!room.equals(Optional.of(now))) {
      room = Optional.of(now);
      write(roomFile, now);
    }
  }

  private static void write(KeptFile file, Json now) {
    try {
      file.write(now);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "what a restart without the server needs cannot be kept: {0}",
          e.getMessage());
    }
  }
}
