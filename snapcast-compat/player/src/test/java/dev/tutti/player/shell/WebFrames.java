package dev.tutti.player.shell;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's side of a WebSocket (RFC 6455), as far as tests need it. */
final class WebFrames {
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final int FINAL_BINARY = 0x82;
  private static final int CLOSE = 8;

  private WebFrames() {}

  /** Reads the request and agrees; what was asked. */
  static String shakeHands(InputStream in, OutputStream out) throws IOException {
    String request = head(in);
    Matcher key = KEY.matcher(request);
    if (!key.find()) {
      throw new IOException("no WebSocket is wanted: " + request);
    }
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + answer(key.group(1))
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    return request;
  }

  /** Reads up to the empty line after a request's headers. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the request ended early");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String answer(String key) {
    try {
      byte[] bytes =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A client's next frame of data, or nothing if it closes. */
  static byte[] read(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    int kind = in.readUnsignedByte() & 15;
    int length = in.readUnsignedByte() & 127;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] mask = in.readNBytes(4);
    byte[] data = in.readNBytes(length);
    for (int i = 0; i < data.length; i++) {
      data[i] ^= mask[i % 4];
    }
    return kind == CLOSE ? new byte[0] : data;
  }

  /** A message in one frame. */
  static byte[] frame(byte[] message) {
    return frame(FINAL_BINARY, message);
  }

  /** A close frame. */
  static byte[] close(int status, String reason) {
    ByteBuffer body = ByteBuffer.allocate(125).putShort((short) status);
    body.put(reason.getBytes(StandardCharsets.UTF_8)).flip();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    return frame(0x80 | CLOSE, bytes);
  }

  private static byte[] frame(int kind, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(kind);
    if (data.length < 126) {
      out.write(data.length);
    } else if (data.length < 65_536) {
      out.writeBytes(ByteBuffer.allocate(3).put((byte) 126).putShort((short) data.length).array());
    } else {
      out.writeBytes(ByteBuffer.allocate(9).put((byte) 127).putLong(data.length).array());
    }
    out.writeBytes(data);
    return out.toByteArray();
  }
}
