package dev.tutti.player.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are believed to be who they say they are: those that an authority the system trusts
 * vouches for, or those of one given file. Any thread.
 */
public final class Certificates {
  private static final System.Logger LOG = System.getLogger(Certificates.class.getName());
  private static final long MAX_FILE_BYTES = 4_000_000;

  /** What the distributions make of the certificates their users add. */
  private static final List<Path> OF_THE_SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

  private final List<X509Certificate> given;
  private @Nullable SSLContext context;

  private Certificates(List<X509Certificate> given) {
    this.given = given;
  }

  /** What Java and the operating system trust. */
  public static Certificates ofSystem() {
    return new Certificates(List.of());
  }

  /**
   * Nobody but these: authorities, or servers themselves, whose name does not matter then.
   *
   * @param pem a file of one or more certificates
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static Certificates of(Path pem) {
    try {
      List<X509Certificate> certificates = read(pem);
      if (!certificates.isEmpty()) {
        return new Certificates(certificates);
      }
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("cannot read " + pem + ": there is no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + pem + ": " + e.getMessage(), e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException(none(pem), e);
    }
    throw new IllegalArgumentException(none(pem));
  }

  private static String none(Path pem) {
    return pem
        + " holds no certificate in PEM form (-----BEGIN CERTIFICATE-----); a Tutti server's is in"
        + " its data folder, tls/certificate.pem";
  }

  private static List<X509Certificate> read(Path pem) throws IOException, CertificateException {
    if (Files.size(pem) > MAX_FILE_BYTES) {
      throw new IOException("it is longer than " + MAX_FILE_BYTES + " bytes");
    }
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  /**
   * For connections to servers; whom the system trusts is asked once.
   *
   * @throws IOException if the system cannot tell whom it trusts
   */
  synchronized SSLContext context() throws IOException {
    SSLContext known = context;
    if (known != null) {
      return known;
    }
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(null, new TrustManager[] {new Judge(given, authorities())}, null);
      context = made;
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("encryption cannot be used: " + e.getMessage(), e);
    }
  }

  private X509ExtendedTrustManager authorities() throws GeneralSecurityException, IOException {
    List<X509Certificate> all = new ArrayList<>(given);
    if (given.isEmpty()) {
      all.addAll(List.of(manager(null).getAcceptedIssuers()));
      OF_THE_SYSTEM.stream()
          .filter(Files::isReadable)
          .findFirst()
          .ifPresent(file -> addAll(file, all));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < all.size(); i++) {
      store.setCertificateEntry(String.valueOf(i), all.get(i));
    }
    return manager(store);
  }

  private static void addAll(Path file, List<X509Certificate> all) {
    try {
      all.addAll(read(file));
    } catch (IOException | CertificateException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is not used, only what Java itself trusts: {1}",
          file,
          e.getMessage());
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager manager) {
        return manager;
      }
    }
    throw new GeneralSecurityException("Java has no trust manager");
  }

  /** By an authority. */
  private interface Check {
    void run() throws CertificateException;
  }

  /** Says what to do where it does not trust. */
  private static final class Judge extends X509ExtendedTrustManager {
    private final List<X509Certificate> known;
    private final X509ExtendedTrustManager authorities;

    Judge(List<X509Certificate> known, X509ExtendedTrustManager authorities) {
      this.known = known;
      this.authorities = authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      judge(chain, () -> authorities.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      judge(chain, () -> authorities.checkServerTrusted(chain, type, socket));
    }

    private void judge(X509Certificate[] chain, Check otherwise) throws CertificateException {
      try {
        if (chain.length > 0 && known.contains(chain[0])) {
          chain[0].checkValidity();
        } else {
          otherwise.run();
        }
      } catch (CertificateException e) {
        throw new CertificateException(sentence(chain, e), e);
      }
    }

    private String sentence(X509Certificate[] chain, CertificateException why) {
      if (chain.length == 0) {
        return "the server shows no certificate";
      }
      X509Certificate shown = chain[0];
      try {
        shown.checkValidity();
      } catch (CertificateException late) {
        return "the server's certificate is valid from "
            + shown.getNotBefore().toInstant()
            + " to "
            + shown.getNotAfter().toInstant()
            + "; renew it, or set this machine's clock right";
      }
      String reason = String.valueOf(why.getMessage());
      if (reason.startsWith("No ")) {
        return "the server's certificate is for another name ("
            + reason
            + "); use the name it is for, or trust this very certificate with --server-cert FILE";
      }
      return "the server's certificate ("
          + shown.getSubjectX500Principal().getName()
          + ") is signed by nobody that "
          + (known.isEmpty() ? "this system trusts" : "the file of --server-cert vouches for")
          + "; if the server is yours, copy its certificate here (a Tutti server's is in its data"
          + " folder, tls/certificate.pem) and add --server-cert FILE";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      authorities.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("a player has no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.getAcceptedIssuers();
    }
  }
}
