package dev.tutti.player.fallback;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.fallback.ManifestJson;
import dev.tutti.audio.fallback.PackManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The pack of this machine, in a folder of its own: {@code pack.json} says which FLAC file it is.
 * What is on its way is in {@code ID.part}. Nothing is installed but what has the right length and
 * hash. For one thread.
 */
public final class PackFolder {
  private static final System.Logger LOG = System.getLogger(PackFolder.class.getName());
  private static final String MANIFEST = "pack.json";

  /** Again, for a card that loses the first. */
  private static final String COPY = "pack.json.bak";

  private static final String PART = ".part";
  private static final String FLAC = ".flac";

  private final Path folder;

  public PackFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The pack that is installed. One whose sound is damaged counts as none. Reads all of it, which
   * takes a moment.
   */
  public Optional<PackManifest> installed() {
    return manifest(MANIFEST).or(() -> manifest(COPY)).filter(this::isWhole);
  }

  private Optional<PackManifest> manifest(String name) {
    Path file = folder.resolve(name);
    try {
      return Optional.of(ManifestJson.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      LOG.log(System.Logger.Level.DEBUG, "there is no {0} yet", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}, which describes the fallback, cannot be used: {1}",
          file,
          e.getMessage());
    }
    return Optional.empty();
  }

  private boolean isWhole(PackManifest pack) {
    Path file = file(pack);
    try {
      if (Files.size(file) == pack.bytes() && sha256(file).equals(pack.id())) {
        return true;
      }
      LOG.log(System.Logger.Level.WARNING, "{0} is damaged; a server has to send it again", file);
    } catch (NoSuchFileException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} is gone; a server has to send it again", file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", file, e.getMessage());
    }
    return false;
  }

  /** The file of a pack. */
  public Path file(PackManifest pack) {
    return folder.resolve(pack.id() + FLAC);
  }

  /** Where to put what comes of a pack; what is there already came earlier. */
  public Path part(PackManifest pack) throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(pack.id() + PART);
  }

  /** Opens a pack that is installed. */
  public PackSound open(PackManifest pack) throws IOException {
    Decoder decoder = Decoders.open(file(pack));
    if (decoder.totalFrames().orElse(pack.frames()) != pack.frames()
        || decoder.format().rate() != pack.format().rate()) {
      decoder.close();
      throw new IOException("the pack is not what its manifest says");
    }
    return new PackSound(decoder, pack.loop());
  }

  /**
   * Takes in what came of a pack, if it is that.
   *
   * @throws IOException if it is not; then nothing is left of it
   */
  public void install(PackManifest pack) throws IOException {
    Path part = part(pack);
    if (Files.size(part) != pack.bytes() || !sha256(part).equals(pack.id())) {
      Files.delete(part);
      throw new IOException("what came is not what was promised: another length or hash");
    }
    Files.move(part, file(pack), StandardCopyOption.ATOMIC_MOVE);
    note(pack);
    clean(pack);
  }

  /** Notes what is known of a pack that is here: it may stand at another place. */
  public void note(PackManifest pack) throws IOException {
    write(pack, MANIFEST);
    write(pack, COPY);
  }

  private void write(PackManifest pack, String name) throws IOException {
    Path fresh = folder.resolve(name + PART);
    Files.writeString(
        fresh,
        ManifestJson.write(pack).toString(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Others are not needed any more. */
  private void clean(PackManifest kept) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + FLAC + "," + PART + "}")) {
      for (Path file : files) {
        if (!file.equals(file(kept))) {
          Files.delete(file);
        }
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
