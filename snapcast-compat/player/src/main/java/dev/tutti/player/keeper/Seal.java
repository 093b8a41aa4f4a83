package dev.tutti.player.keeper;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a datagram is from a player of the same server: HMAC-SHA256 with the key that the
 * server gave. For one thread.
 */
final class Seal {
  /** Of the seal, which is cut to half: more than anybody can guess. */
  static final int BYTES = 16;

  /** Of a key, at least and at most. */
  static final int LEAST_KEY_BYTES = 16;

  static final int MOST_KEY_BYTES = 64;

  private static final String ALGORITHM = "HmacSHA256";
  private final Mac mac;

  Seal(byte[] key) {
    if (key.length < LEAST_KEY_BYTES || key.length > MOST_KEY_BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Seals all that was put into a buffer before. */
  void put(ByteBuffer out) {
    out.put(of(out.duplicate().flip()));
  }

  /** Whether the end of what remains is the seal of what is before it. */
  boolean holds(ByteBuffer in) {
    int length = in.remaining() - BYTES;
    if (length < 0) {
      return false;
    }
    byte[] found = new byte[BYTES];
    in.duplicate().position(in.position() + length).get(found);
    return MessageDigest.isEqual(found, of(in.slice(in.position(), length)));
  }

  private byte[] of(ByteBuffer bytes) {
    mac.update(bytes);
    return Arrays.copyOf(mac.doFinal(), BYTES);
  }
}
