package dev.tutti.core.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes the few values of ASN.1's distinguished encoding (X.690) that certificates and keys are
 * made of. Each method gives one whole value: tag, length, content. Any thread.
 */
final class Der {
  static final int OCTETS = 0x04;
  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int NULL = 0x05;
  private static final int OBJECT_ID = 0x06;
  private static final int UTF8 = 0x0c;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int UTC_TIME = 0x17;
  private static final int FIRST_GENERALIZED_YEAR = 2050;
  private static final DateTimeFormatter LONG_YEAR =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT_YEAR =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    writeLength(whole, content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >>> (8 * i));
    }
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] text(String text) {
    return value(UTF8, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] nothing() {
    return value(NULL);
  }

  /** A bit string of whole bytes, except for so many bits at the end. */
  static byte[] bits(int unused, byte[] bytes) {
    return value(BITS, new byte[] {(byte) unused}, bytes);
  }

  /** Years from 2050 on are written with four digits, others with two, as certificates want it. */
  static byte[] time(Instant at) {
    boolean late = at.atZone(ZoneOffset.UTC).getYear() >= FIRST_GENERALIZED_YEAR;
    String text = (late ? LONG_YEAR : SHORT_YEAR).format(at);
    return value(late ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param dotted such as {@code 2.5.4.3}; numbers up to 2^28
   */
  static byte[] objectId(String dotted) {
    String[] numbers = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(40 * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      int number = Integer.parseInt(numbers[i]);
      for (int shift = 21; shift > 0; shift -= 7) {
        if (number >>> shift != 0) {
          content.write(0x80 | ((number >>> shift) & 0x7f));
        }
      }
      content.write(number & 0x7f);
    }
    return value(OBJECT_ID, content.toByteArray());
  }
}
