package dev.tutti.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.core.state.SystemDisk;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> NAMES = List.of("attic", "attic.local", "192.168.1.5", "::1");

  @TempDir Path folder;

  private static SelfMade.Made made(Instant at) throws Exception {
    return new SelfMade(NAMES, at).make(new SecureRandom());
  }

  private static X509Certificate parsed(SelfMade.Made made) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(made.certificate()));
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(der), what);
  }

  private ServerCertificate files(String certificate, String key, String password)
      throws Exception {
    return new ServerCertificate(
        Files.writeString(folder.resolve("c.pem"), certificate),
        Files.writeString(folder.resolve("k.pem"), key),
        password);
  }

  @Test
  void aSelfMadeCertificateIsForTheNamesGivenAndVouchesForNobodyElse() throws Exception {
    X509Certificate certificate = parsed(made(NOW));

    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=attic");
    assertThat(certificate.getSubjectAlternativeNames())
        .map(Collection::toArray)
        .extracting(name -> String.valueOf(name[1]))
        .containsExactly("attic", "attic.local", "192.168.1.5", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getSerialNumber()).isPositive();
  }

  /** Beyond 2049 the encoding of the year changes. */
  @ParameterizedTest
  @ValueSource(strings = {"2049-06-01T00:00:00Z", "2051-06-01T00:00:00Z"})
  void itLastsAsLongAsApplesDevicesAllow(String at) throws Exception {
    X509Certificate certificate = parsed(made(Instant.parse(at)));
    assertThat(
            Duration.between(
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(825));
    certificate.checkValidity(Date.from(Instant.parse(at)));
  }

  @Test
  void theServersOwnCertificateIsKeptAndItsKeyIsForItsUserOnly() throws Exception {
    OwnCertificate own = new OwnCertificate(folder, NAMES, new SystemDisk(), () -> NOW);

    byte[] first = certificate(own.get());

    assertThat(certificate(own.get())).isEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void itIsMadeAnewAMonthBeforeItEnds() throws Exception {
    byte[] first =
        certificate(new OwnCertificate(folder, NAMES, new SystemDisk(), () -> NOW).get());

    Instant late = NOW.plus(Duration.ofDays(800));
    byte[] next =
        certificate(new OwnCertificate(folder, NAMES, new SystemDisk(), () -> late).get());

    assertThat(next).isNotEqualTo(first);
  }

  @Test
  void aDamagedOwnCertificateIsMadeAnew() throws Exception {
    OwnCertificate own = new OwnCertificate(folder, NAMES, new SystemDisk(), () -> NOW);
    certificate(own.get());
    Files.writeString(own.certificateFile(), "garbage");

    assertThat(certificate(own.get())).isNotEmpty();
  }

  private static byte[] certificate(KeyStore store) throws Exception {
    return store.getCertificate(store.aliases().nextElement()).getEncoded();
  }

  @Test
  void keysAreReadInEveryFormThatToolsWrite() throws Exception {
    SelfMade.Made made = made(NOW);
    String certificate = pem("CERTIFICATE", made.certificate());
    byte[] pkcs8 = made.keys().getPrivate().getEncoded();

    for (String key :
        List.of(
            pem("PRIVATE KEY", pkcs8),
            pem("EC PRIVATE KEY", inner(pkcs8)),
            "some words before\n" + pem("PRIVATE KEY", pkcs8))) {
      assertThat(certificate(files(certificate, key, "").read())).isEqualTo(made.certificate());
    }
    assertThat(
            certificate(
                files(certificate, pem("ENCRYPTED PRIVATE KEY", locked(pkcs8)), "pw").read()))
        .isEqualTo(made.certificate());
  }

  @Test
  void anOlderRsaKeyIsRead() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();

    assertThat(
            PemKey.read(
                pem("RSA PRIVATE KEY", inner(pair.getPrivate().getEncoded())),
                "",
                pair.getPublic()))
        .isEqualTo(pair.getPrivate());
  }

  /** PKCS #8 ends with an octet string that holds the older form. */
  private static byte[] inner(byte[] pkcs8) {
    for (int start = 20; start < 40; start++) {
      byte[] tail = Arrays.copyOfRange(pkcs8, start, pkcs8.length);
      if (pkcs8[start] == 0x30
          && new BigInteger(1, tail).signum() > 0
          && Arrays.equals(Der.value(0x30, content(tail)), tail)) {
        return tail;
      }
    }
    throw new AssertionError("no inner key");
  }

  private static byte[] content(byte[] value) {
    int skip = value[1] >= 0 ? 2 : 2 + (value[1] & 0x7f);
    return Arrays.copyOfRange(value, Math.min(skip, value.length), value.length);
  }

  private static byte[] locked(byte[] pkcs8) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(algorithm);
    byte[] salt = new byte[16];
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("pw".toCharArray())),
        new PBEParameterSpec(salt, 2048, new javax.crypto.spec.IvParameterSpec(salt)));
    byte[] secret = cipher.doFinal(pkcs8);
    byte[] parameters = cipher.getParameters().getEncoded();
    return Der.sequence(
        Der.sequence(Der.objectId("1.2.840.113549.1.5.13"), parameters),
        Der.value(Der.OCTETS, secret));
  }

  @Test
  void whatIsWrongWithAFileIsSaidWithItsSetting() throws Exception {
    SelfMade.Made made = made(NOW);
    String certificate = pem("CERTIFICATE", made.certificate());
    byte[] pkcs8 = made.keys().getPrivate().getEncoded();
    String other = pem("PRIVATE KEY", made(NOW).keys().getPrivate().getEncoded());

    refused(certificate, other, "", "https.key", "is not the key of");
    refused(certificate, "nothing", "", "https.key", "holds no private key");
    refused("nothing", other, "", "https.certificate", "c.pem");
    refused(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        other,
        "",
        "https.certificate",
        "is damaged");
    String encrypted = pem("ENCRYPTED PRIVATE KEY", locked(pkcs8));
    refused(certificate, encrypted, "", "https.key", "give its password as https.key-password");
    refused(certificate, encrypted, "wrong", "https.key", "cannot be decrypted");
    assertThatThrownBy(
            () -> new ServerCertificate(folder.resolve("none"), folder.resolve("none"), "").read())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is not there");
  }

  private void refused(String certificate, String key, String password, String... words)
      throws Exception {
    ServerCertificate files = files(certificate, key, password);
    assertThatThrownBy(files::read)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aPkcs12FileIsReadWithItsPassword() throws Exception {
    SelfMade.Made made = made(NOW);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "mine", made.keys().getPrivate(), "pw".toCharArray(), new X509Certificate[] {parsed(made)});
    Path file = folder.resolve("attic.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, "pw".toCharArray());
    }

    assertThat(certificate(new ServerCertificate(file, file, "pw").read()))
        .isEqualTo(made.certificate());
    assertThatThrownBy(() -> new ServerCertificate(file, file, "no").read())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("https.key-password");
  }
}
