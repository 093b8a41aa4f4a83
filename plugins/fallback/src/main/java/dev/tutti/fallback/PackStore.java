package dev.tutti.fallback;

import dev.tutti.api.json.Json;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.ManifestJson;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.audio.fallback.PackManifest.Anchor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * The packs on the disk, each under its SHA-256: {@code ID.flac}, and {@code ID.json} with its name
 * and manifest. A pack is there when its {@code .json} is, which is written last; what is damaged
 * is renamed and named in the log, never given out. Thread-safe; blocks.
 */
final class PackStore {
  private static final String FLAC = ".flac";
  private static final String JSON = ".json";
  private static final Anchor NOWHERE = new Anchor(0, "");

  private final Path folder;
  private final System.Logger log;
  private final Map<String, Pack> packs = new ConcurrentSkipListMap<>();

  PackStore(Path folder, System.Logger log) throws IOException {
    this.folder = folder;
    this.log = log;
    Files.createDirectories(folder);
  }

  /** Looks at what is there, and verifies every hash: takes a while. */
  void load() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(JSON)) {
          load(file, name.substring(0, name.length() - JSON.length()));
        }
      }
    }
  }

  private void load(Path facts, String id) throws IOException {
    Path file = folder.resolve(id + FLAC);
    try {
      Json json = Json.parse(Files.readString(facts));
      PackManifest manifest =
          ManifestJson.read(json.get("manifest").orElse(Json.Null.VALUE)).at(NOWHERE);
      if (!manifest.id().equals(id) || Files.size(file) != manifest.bytes()) {
        throw new IOException("it does not have the length or id it should have");
      }
      if (!Sha256.of(file).equals(id)) {
        throw new IOException("its content has changed");
      }
      packs.put(id, new Pack(json.text("name").orElse(id), manifest, file));
    } catch (IOException | IllegalArgumentException e) {
      log.log(
          Level.WARNING,
          "the fallback pack {0} is damaged ({1}); it is kept as {0}.damaged; upload it again",
          id,
          e.getMessage());
      moveAside(facts);
      moveAside(file);
    }
  }

  private static void moveAside(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** All packs, by id. */
  Collection<Pack> all() {
    return Collections.unmodifiableCollection(new TreeMap<>(packs).values());
  }

  int count() {
    return packs.size();
  }

  Optional<Pack> find(String id) {
    return Optional.ofNullable(packs.get(id));
  }

  /**
   * Takes over a file that was made, at once or not at all. One that is there already stays as it
   * is.
   *
   * @param file on the same file system; is gone afterwards
   */
  synchronized Pack install(String name, Path file, PackMaker.Made made) throws IOException {
    String id = Sha256.of(file);
    Pack there = packs.get(id);
    if (there != null) {
      Files.delete(file);
      return there;
    }
    PackManifest manifest =
        new PackManifest(
            id,
            Files.size(file),
            made.frames(),
            made.format(),
            made.parts(),
            NOWHERE,
            FadePlan.DEFAULT,
            made.loudnessLufs());
    Path flac = folder.resolve(id + FLAC);
    Files.move(file, flac, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    write(id, Json.of("name", name, "manifest", ManifestJson.write(manifest)));
    Pack pack = new Pack(name, manifest, flac);
    packs.put(id, pack);
    return pack;
  }

  private void write(String id, Json facts) throws IOException {
    Path temporary = folder.resolve(id + ".tmp");
    Files.write(temporary, facts.body());
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        temporary,
        folder.resolve(id + JSON),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  /** Forgets a pack; whoever is being sent it gets the rest all the same. */
  synchronized boolean remove(String id) throws IOException {
    if (packs.remove(id) == null) {
      return false;
    }
    for (String ending : List.of(JSON, FLAC)) {
      Files.deleteIfExists(folder.resolve(id + ending));
    }
    return true;
  }
}
