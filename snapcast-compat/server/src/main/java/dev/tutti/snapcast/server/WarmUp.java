package dev.tutti.snapcast.server;

import dev.tutti.api.stream.StreamStatus;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Loads what the first client would otherwise wait for: the JSON classes (0.2 s) and the encoders'
 * libraries (0.1 s). Changes nothing.
 */
final class WarmUp {
  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

  private WarmUp() {}

  /** On the I/O thread. */
  static void protocol() {
    Hello hello = new Hello("", "", "", "", "", "", 1, "warm-up", 2, Optional.empty());
    try {
      Message.decode(Hello.TYPE, ByteBuffer.wrap(hello.payload()));
    } catch (ProtocolException e) {
      throw new IllegalStateException("our own Hello is not one", e);
    }
  }

  /** On the thread that encodes. */
  static void encoder(StreamStatus stream) {
    try {
      CodecSpec spec = CodecSpec.parse(stream.codec());
      Encoders.open(spec, stream.format(), stream.format().rate() / 50).close();
    } catch (IllegalArgumentException e) {
      // The feed says so, and what it does about it, once somebody listens.
      LOG.log(Level.DEBUG, "stream \"{0}\": {1}", stream.id(), e.getMessage());
    }
  }
}
