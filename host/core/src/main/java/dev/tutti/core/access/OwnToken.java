package dev.tutti.core.access;

import dev.tutti.api.ConfigException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The token of the server itself: made once, kept in the data folder where only its user reads it,
 * shown by {@code tutti token}.
 */
public final class OwnToken {
  /** Relative to the data folder. */
  public static final String FILE_NAME = "token";

  private static final int RANDOM_BYTES = 24;
  private static final int MAX_LENGTH = 1024;

  private OwnToken() {}

  /**
   * Reads it, or makes it.
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
      String token = Files.readString(file).strip();
      if (token.isEmpty() || token.length() > MAX_LENGTH) {
        throw new ConfigException(
            file + " should hold the server's token; delete it, and a new one is made");
      }
      return token;
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
      System.getLogger(OwnToken.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} was made meanwhile", file);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
