package dev.tutti.core.access;

import dev.tutti.api.ConfigException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The token of the server itself: made once, kept in the data folder where only its user reads it,
 * shown by {@code tutti token}.
 */
public final class OwnToken {
  /** Relative to the data folder. */
  public static final String FILE_NAME = "token";

  private static final System.Logger LOG = System.getLogger(OwnToken.class.getName());
  private static final int RANDOM_BYTES = 24;
  private static final int MAX_LENGTH = 1024;

  private OwnToken() {}

  /**
   * Reads it, or makes it: also in the place of one that a power cut or a full disk left empty or
   * damaged.
   *
   * @throws ConfigException if it can be neither read nor written
   */
  public static String in(Path dataFolder) {
    Path file = dataFolder.resolve(FILE_NAME);
    try {
      Files.createDirectories(dataFolder);
      if (!Files.exists(file)) {
        make(file);
      }
      Optional<String> token = read(file);
      if (token.isEmpty()) {
        LOG.log(
            Level.WARNING,
            "{0} held no token; a new one was made, show it to programs that used the old one",
            file);
        make(file);
        token = read(file);
      }
      return token.orElseThrow(() -> new IOException("what was written is not there"));
    } catch (IOException e) {
      throw new ConfigException(
          "cannot keep the server's token in "
              + file
              + " ("
              + e
              + "); make it readable, or choose"
              + " another folder with --data");
    }
  }

  /**
   * Reads it; changes nothing.
   *
   * @return empty if there is none, or it is damaged
   * @throws ConfigException if it cannot be read
   */
  public static Optional<String> find(Path dataFolder) {
    Path file = dataFolder.resolve(FILE_NAME);
    try {
      return Files.exists(file) ? read(file) : Optional.empty();
    } catch (IOException e) {
      throw new ConfigException("cannot read the server's token in " + file + " (" + e + ")");
    }
  }

  /** One line of text: ours is 48 hex digits, but its owner may have put another there. */
  private static Optional<String> read(Path file) throws IOException {
    if (Files.size(file) > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file).strip();
      boolean line = !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
      return line ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }

  /** Written beside and renamed, so that nobody reads half a token. */
  private static void make(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    Path next = Files.createTempFile(file.toAbsolutePath().getParent(), FILE_NAME, ".tmp");
    try {
      if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(next, HexFormat.of().formatHex(random) + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException somebodyWasQuicker) {
      LOG.log(Level.DEBUG, "{0} was made meanwhile", file);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
