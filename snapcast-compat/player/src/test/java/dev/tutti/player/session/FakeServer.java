package dev.tutti.player.session;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A server in the same room, and a session that talks to it, in virtual time. */
final class FakeServer implements Wire {
  static final StreamHead PCM = head("pcm", 48_000);
  static final long CHUNK_MICROS = 20_000;
  private static final Identity IDENTITY =
      new Identity(
          "aa:bb:cc:dd:ee:ff", "den", "0.34.0", "Linux", "x86_64", "den", 1, Optional.empty());

  long nowMicros = 50_000_000;
  long serverAhead = 7_000_000_000L;
  boolean answers = true;
  boolean answersTime = true;
  int bufferMs = 1000;

  /** What it answers to those who speak more than Snapcast; a stock server nothing. */
  Optional<ServerExtension> extension = Optional.empty();

  final ClockFilter clock = new ClockFilter();
  final ChunkQueue queue = new ChunkQueue();
  final ServerSession session;
  final List<Long> attempts = new ArrayList<>();
  final List<Message> said = new ArrayList<>();
  boolean open;
  private boolean refusing;
  private FrameParser parser = new FrameParser(100_000);

  FakeServer() {
    session = new ServerSession(this, IDENTITY, clock, queue, new SplittableRandom(5));
  }

  /** With a player that announces itself. */
  FakeServer(Supplier<Vitals> vitals) {
    session = new ServerSession(this, IDENTITY, clock, queue, new SplittableRandom(5), vitals);
  }

  static StreamHead head(String codec, int rate) {
    ByteBuffer header = CodecHeader.pcm(rate, 16, 2).header();
    byte[] bytes = new byte[header.remaining()];
    header.duplicate().get(bytes);
    return new StreamHead(codec, bytes);
  }

  /** Lets time pass, with the server doing its part. */
  FakeServer run(double seconds) {
    long end = nowMicros + Math.round(seconds * 1e6);
    while (nowMicros < end) {
      session.step(nowMicros);
      nowMicros += 1000;
    }
    return this;
  }

  FakeServer serving(StreamHead head) {
    run(0.1);
    tell(new CodecHeader(head.codec(), ByteBuffer.wrap(head.header())));
    return this.run(0.1);
  }

  /** Sends chunks for so long, the first to be heard after the buffer. */
  void stream(double seconds) {
    for (long sent = 0; sent < seconds * 1e6; sent += CHUNK_MICROS) {
      chunk(serverMicros(), 3840);
      run(CHUNK_MICROS * 1e-6);
    }
  }

  void chunk(long timestampMicros, int bytes) {
    tell(new WireChunk(timestampMicros, ByteBuffer.allocate(bytes)));
  }

  long serverMicros() {
    return nowMicros + serverAhead;
  }

  void tell(Message message) {
    bytes(message.frame(0, 0, serverMicros(), serverMicros()));
  }

  void bytes(ByteBuffer bytes) {
    session.received(bytes, nowMicros);
  }

  /** Nobody is at home from now on. */
  void goAway() {
    refusing = true;
    if (open) {
      open = false;
      session.closed("gone", nowMicros);
    }
  }

  void comeBack() {
    refusing = false;
  }

  @Override
  public void connect() {
    attempts.add(nowMicros);
    parser = new FrameParser(100_000);
    if (refusing) {
      session.closed("refused", nowMicros);
    } else {
      open = true;
      session.connected(nowMicros);
    }
  }

  @Override
  public void send(ByteBuffer bytes) {
    try {
      parser.feed(bytes, this::heard);
    } catch (ProtocolException e) {
      throw new AssertionError(e);
    }
  }

  private void heard(BaseHeader header, ByteBuffer payload) throws ProtocolException {
    Message message = Message.decode(header.type(), payload);
    said.add(message);
    if (answers && message instanceof Hello) {
      bytes(
          new ServerSettings(bufferMs, 0, false, 60, extension)
              .frame(0, header.id(), serverMicros(), serverMicros()));
    }
    if (answers && answersTime && message instanceof Time) {
      ByteBuffer reply = ByteBuffer.allocate(Time.FRAME_BYTES);
      Time.putReply(reply, header.id(), header.sentMicros(), serverMicros(), serverMicros());
      nowMicros += 200;
      bytes(reply.flip());
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
