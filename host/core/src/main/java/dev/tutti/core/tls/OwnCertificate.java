package dev.tutti.core.tls;

import dev.tutti.core.state.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/**
 * The certificate this server makes for itself when none is given: kept in its data folder, so that
 * who has trusted it once may go on doing so, and made anew a month before it ends. Used while the
 * host starts.
 *
 * @param folder holds {@code certificate.pem}, for users to fetch and trust, and {@code key.pem},
 *     which only the server's user may read
 * @param names under which the server is reached, the machine's own first
 */
public record OwnCertificate(Path folder, List<String> names, Disk disk, InstantSource clock) {
  private static final System.Logger LOG = System.getLogger(OwnCertificate.class.getName());
  private static final Duration LEAST_LEFT = Duration.ofDays(30);
  private static final int PEM_COLUMNS = 64;

  /** The file that clients may trust. */
  public Path certificateFile() {
    return folder.resolve("certificate.pem");
  }

  private Path keyFile() {
    return folder.resolve("key.pem");
  }

  /**
   * The one kept, or a new one.
   *
   * @throws IOException if it cannot be kept
   */
  public KeyStore get() throws IOException {
    if (Files.exists(certificateFile())) {
      try {
        KeyStore kept = files().read();
        if (lastsFor(kept)) {
          return kept;
        }
        LOG.log(System.Logger.Level.INFO, "the self-made certificate ends soon; made anew");
      } catch (RuntimeException | GeneralSecurityException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the self-made certificate in {0} cannot be used and is made anew: {1}",
            folder,
            e.getMessage());
      }
    }
    return makeAndKeep();
  }

  private ServerCertificate files() {
    return new ServerCertificate(certificateFile(), keyFile(), "");
  }

  private boolean lastsFor(KeyStore store) throws GeneralSecurityException {
    return store.getCertificate(store.aliases().nextElement()) instanceof X509Certificate x
        && x.getNotAfter().toInstant().isAfter(clock.instant().plus(LEAST_LEFT));
  }

  private KeyStore makeAndKeep() throws IOException {
    try {
      SelfMade.Made made = new SelfMade(names, clock.instant()).make(new SecureRandom());
      Files.createDirectories(folder);
      writeKey(made.keys().getPrivate().getEncoded());
      disk.write(certificateFile(), pem("CERTIFICATE", made.certificate()));
      return files().read();
    } catch (GeneralSecurityException e) {
      throw new IOException("no certificate can be made: " + e.getMessage(), e);
    }
  }

  /** The file is for its owner only before there is anything in it. */
  private void writeKey(byte[] key) throws IOException {
    disk.delete(keyFile());
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          keyFile(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    disk.write(keyFile(), pem("PRIVATE KEY", key));
  }

  private static byte[] pem(String what, byte[] der) {
    String base64 = Base64.getMimeEncoder(PEM_COLUMNS, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, base64, what)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
