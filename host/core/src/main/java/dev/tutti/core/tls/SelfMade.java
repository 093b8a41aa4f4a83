package dev.tutti.core.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate that vouches for itself: good for one server under the names given, and not for
 * vouching for others, so that it is safe to trust. Java can read certificates but has no public
 * way to make one, hence the encoding here (RFC 5280).
 *
 * @param names host names and addresses, the first is also the subject
 */
record SelfMade(List<String> names, Instant from) {
  /** The longest that Apple's devices accept. */
  static final Duration LIFE = Duration.ofDays(825);

  /** For machines whose clock is a little behind. */
  private static final Duration SLACK = Duration.ofHours(24);

  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final int VERSION_TAG = 0xa0;
  private static final int EXTENSIONS_TAG = 0xa3;
  private static final int DNS_NAME_TAG = 0x82;
  private static final int ADDRESS_TAG = 0x87;
  private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
  private static final byte[] DIGITAL_SIGNATURE = {(byte) 0x80};
  private static final int MAX_COMMON_NAME = 64;
  private static final int SERIAL_BITS = 127;
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** A key pair and the certificate for it, as DER. */
  record Made(KeyPair keys, byte[] certificate) {}

  Made make(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair keys = generator.generateKeyPair();
    byte[] algorithm = Der.sequence(Der.objectId(ECDSA_WITH_SHA256));
    byte[] content =
        Der.sequence(
            Der.value(VERSION_TAG, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, random).setBit(0)),
            algorithm,
            subject(),
            Der.sequence(Der.time(from.minus(SLACK)), Der.time(from.minus(SLACK).plus(LIFE))),
            subject(),
            keys.getPublic().getEncoded(),
            Der.value(EXTENSIONS_TAG, extensions()));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate(), random);
    signature.update(content);
    return new Made(keys, Der.sequence(content, algorithm, Der.bits(0, signature.sign())));
  }

  private byte[] subject() {
    String name = names.getFirst();
    String shortened = name.substring(0, Math.min(MAX_COMMON_NAME, name.length()));
    return Der.sequence(Der.set(Der.sequence(Der.objectId(COMMON_NAME), Der.text(shortened))));
  }

  private byte[] extensions() {
    return Der.sequence(
        critical(BASIC_CONSTRAINTS, Der.sequence()),
        critical(KEY_USAGE, Der.bits(7, DIGITAL_SIGNATURE)),
        extension(EXTENDED_KEY_USAGE, Der.sequence(Der.objectId(SERVER_AUTH))),
        extension(ALTERNATIVE_NAMES, alternativeNames()));
  }

  private static byte[] extension(String id, byte[] content) {
    return Der.sequence(Der.objectId(id), Der.value(Der.OCTETS, content));
  }

  private static byte[] critical(String id, byte[] content) {
    return Der.sequence(Der.objectId(id), TRUE, Der.value(Der.OCTETS, content));
  }

  private byte[] alternativeNames() {
    List<byte[]> all = new ArrayList<>();
    for (String name : names) {
      all.add(
          isAddress(name)
              ? Der.value(ADDRESS_TAG, address(name))
              : Der.value(DNS_NAME_TAG, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
    return Der.sequence(all.toArray(byte[][]::new));
  }

  private static boolean isAddress(String name) {
    return name.contains(":") || IPV4.matcher(name).matches();
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.ofLiteral(literal).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + literal + "\" is no address", e);
    }
  }
}
