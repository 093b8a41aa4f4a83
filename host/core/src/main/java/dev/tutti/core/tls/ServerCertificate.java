package dev.tutti.core.tls;

import dev.tutti.api.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Locale;

/**
 * A certificate that the user gives, with its key: PEM files as most tools and services write them,
 * or one PKCS #12 file. Read anew each time, so that a renewed one is noticed. Any thread.
 *
 * @param certificate PEM, the server's own first, then those who vouch for it; or a file ending in
 *     {@code .p12} or {@code .pfx}
 * @param key PEM; the certificate's own file if that holds both
 * @param keyPassword empty for none
 */
public record ServerCertificate(Path certificate, Path key, String keyPassword) {
  private static final long MAX_BYTES = 1024 * 1024;
  private static final String ALIAS = "server";

  /** Protects nothing: the store never leaves this process. */
  static final char[] STORE_PASSWORD = "in-memory".toCharArray();

  /**
   * Reads both.
   *
   * @return a store with one key, whose password is that of {@link #password}
   * @throws ConfigException saying which file is wrong, and how
   */
  public KeyStore read() {
    String name = certificate.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx") ? readStore() : readPem();
  }

  /** The password of what {@link #read} gives. */
  public static char[] password() {
    return STORE_PASSWORD.clone();
  }

  /** When the newer one of the files was last written, in milliseconds since 1970; 0 if unknown. */
  public long changedMillis() {
    try {
      return Math.max(
          Files.getLastModifiedTime(certificate).toMillis(),
          Files.getLastModifiedTime(key).toMillis());
    } catch (IOException e) {
      return 0;
    }
  }

  private KeyStore readStore() {
    try {
      KeyStore given = KeyStore.getInstance("PKCS12");
      given.load(new ByteArrayInputStream(bytes(certificate)), keyPassword.toCharArray());
      for (String alias : java.util.Collections.list(given.aliases())) {
        if (given.getKey(alias, keyPassword.toCharArray()) instanceof PrivateKey found) {
          return store(found, given.getCertificateChain(alias));
        }
      }
      throw problem("certificate", certificate, "holds no private key", null);
    } catch (IOException | GeneralSecurityException e) {
      throw problem("certificate", certificate, "cannot be read; is https.key-password right?", e);
    }
  }

  private KeyStore readPem() {
    Certificate[] chain = chain();
    PublicKey of = chain[0].getPublicKey();
    PrivateKey found;
    try {
      found = PemKey.read(new String(bytes(key), StandardCharsets.UTF_8), keyPassword, of);
      if (!fit(found, of)) {
        throw problem("key", key, "is not the key of " + certificate, null);
      }
      return store(found, chain);
    } catch (GeneralSecurityException e) {
      throw problem("key", key, String.valueOf(e.getMessage()), e);
    }
  }

  private Certificate[] chain() {
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(certificate)));
      if (all.isEmpty()) {
        throw problem(
            "certificate",
            certificate,
            "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)",
            null);
      }
      return all.toArray(Certificate[]::new);
    } catch (GeneralSecurityException e) {
      throw problem("certificate", certificate, "is damaged: " + e.getMessage(), e);
    }
  }

  private byte[] bytes(Path file) {
    String setting = file.equals(certificate) ? "certificate" : "key";
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw problem(setting, file, "is far too long for one", null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw problem(setting, file, "is not there", e);
    } catch (IOException e) {
      throw problem(setting, file, "cannot be read (" + e + ")", e);
    }
  }

  static KeyStore store(PrivateKey key, Certificate[] chain) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, STORE_PASSWORD, chain);
      return store;
    } catch (IOException e) {
      throw new AssertionError("an empty store needs no file", e);
    }
  }

  private static boolean fit(PrivateKey key, PublicKey of) throws GeneralSecurityException {
    String algorithm =
        switch (of.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> of.getAlgorithm();
        };
    byte[] probe = {1, 2, 3};
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(probe);
    byte[] signed = signer.sign();
    Signature checker = Signature.getInstance(algorithm);
    checker.initVerify(of);
    checker.update(probe);
    return checker.verify(signed);
  }

  private static ConfigException problem(
      String setting,
      Path file,
      String what,
      java.lang.@org.jspecify.annotations.Nullable Throwable cause) {
    ConfigException problem =
        new ConfigException("https.%s = \"%s\": the file %s".formatted(setting, file, what));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
