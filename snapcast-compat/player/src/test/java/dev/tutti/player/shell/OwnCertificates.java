package dev.tutti.player.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate that nobody else has signed, made by Java's own tool. */
final class OwnCertificates {
  private static final char[] PASSWORD = "secret".toCharArray();

  private final KeyStore store;
  private final Path pem;

  /**
   * @param names as keytool takes them: {@code dns:localhost,ip:127.0.0.1}
   */
  OwnCertificates(Path folder, String names) throws IOException, GeneralSecurityException {
    Path file = Files.createDirectories(folder).resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=tests",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    } catch (IOException e) {
      throw new IOException("keytool said: " + said, e);
    }
    pem = folder.resolve("certificate.pem");
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(store.getCertificate("own").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  /** The certificate, for others to trust. */
  Path pem() {
    return pem;
  }

  /** Listens on loopback, encrypted. */
  ServerSocket listen() throws IOException, GeneralSecurityException {
    return context()
        .getServerSocketFactory()
        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** For a server of whatever kind. */
  SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
