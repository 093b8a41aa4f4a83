package dev.tutti.core.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A private key from a PEM file, in the forms that tools write: PKCS #8, plain or encrypted, and
 * the older forms of RSA and elliptic-curve keys.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
  private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
  private static final String OTHERS_WAY =
      "; openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW writes a form that can be read";

  private PemKey() {}

  /**
   * Reads the first private key of a file.
   *
   * @param password empty for none
   * @param of the certificate's key, which says what kind of key is expected
   * @throws GeneralSecurityException with a sentence for the user
   */
  static PrivateKey read(String pem, String password, PublicKey of)
      throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new InvalidKeyException(
          pem.contains("Proc-Type: 4,ENCRYPTED")
              ? "is encrypted in a way that cannot be read" + OTHERS_WAY
              : "holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
    }
    byte[] der = decode(block.group(2));
    byte[] pkcs8 =
        switch (block.group(1)) {
          case "RSA PRIVATE KEY" ->
              wrap(Der.sequence(Der.objectId(RSA_ENCRYPTION), Der.nothing()), der);
          case "EC PRIVATE KEY" -> wrap(curve(of), der);
          case "ENCRYPTED PRIVATE KEY" -> decrypt(der, password);
          default -> der;
        };
    try {
      return KeyFactory.getInstance(of.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeyException(
          "is no private key of the kind the certificate has (" + of.getAlgorithm() + ")", e);
    }
  }

  private static byte[] decode(String base64) throws InvalidKeyException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("is damaged: " + e.getMessage(), e);
    }
  }

  /** PKCS #8 is the older form with the algorithm before it. */
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.value(Der.OCTETS, key));
  }

  /** The older form of such keys may leave its curve to the certificate. */
  private static byte[] curve(PublicKey of) throws InvalidKeyException {
    if (!(of instanceof ECPublicKey)) {
      throw new InvalidKeyException(
          "is an elliptic-curve key, but the certificate is for " + of.getAlgorithm());
    }
    return algorithmOf(of.getEncoded());
  }

  /** A public key is a sequence of its algorithm, which is what is wanted, and bits. */
  private static byte[] algorithmOf(byte[] publicKey) throws InvalidKeyException {
    int start = publicKey[1] < 0 ? 2 + (publicKey[1] & 0x7f) : 2;
    int length = 2 + publicKey[start + 1];
    byte[] algorithm = java.util.Arrays.copyOfRange(publicKey, start, start + length);
    byte[] id = Der.objectId(EC_PUBLIC_KEY);
    if (java.util.Arrays.mismatch(algorithm, 2, 2 + id.length, id, 0, id.length) >= 0) {
      throw new InvalidKeyException("belongs to a certificate of an unknown kind");
    }
    return algorithm;
  }

  private static byte[] decrypt(byte[] der, String password) throws GeneralSecurityException {
    if (password.isEmpty()) {
      throw new InvalidKeyException("is encrypted; give its password as https.key-password");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      // With PBES2 the name says nothing, but the parameters' text is the whole name.
      String algorithm =
          info.getAlgName().startsWith("PBES2") || info.getAlgName().startsWith("1.2.")
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Key key =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (IOException e) {
      throw new InvalidKeyException(
          "is damaged, or encrypted in a way that cannot be read" + OTHERS_WAY, e);
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException("cannot be decrypted with https.key-password", e);
    }
  }
}
