package dev.tutti.snapcast.server;

import dev.tutti.api.access.Scope;
import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.http.Http.WebSocketPeer;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Session;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as a session's way out and in: one message per frame. Takes as much as the browser
 * reads and no more, so that what is too late is left out by the session, as over TCP.
 *
 * <p>The listener's methods are for the host's threads, everything else for the I/O thread. Each
 * message that leaves is copied once, because the network is done with it later than the session.
 */
final class WebClient implements WebSocketListener, Outlet {
  /** What may wait for a browser besides what the kernel keeps: a third of a second of pcm. */
  static final int MAX_WAITING_BYTES = 64 * 1024;

  /** Messages that may wait for the I/O thread; more come only from one that floods us. */
  static final int MAX_WAITING_MESSAGES = 256;

  private static final int SIZE_AT = 22;

  private final WebSocketPeer peer;
  private final StreamIo io;
  private final AtomicInteger waitingMessages = new AtomicInteger();
  private final FrameCutter cutter = new FrameCutter();
  private volatile boolean wantsRoom;
  private @Nullable Session session;

  WebClient(WebSocketPeer peer, StreamIo io) {
    this.peer = peer;
    this.io = io;
  }

  /** The session behind it; its first task on the I/O thread. */
  void serve(Session session) {
    this.session = session;
  }

  /** Whether it has shown at the handshake that it may listen; else its Hello decides. */
  boolean welcome() {
    return peer.caller().may(Scope.LISTEN);
  }

  String address() {
    return StreamIo.text(peer.remote());
  }

  @Override
  public void binary(byte[] message) {
    long arrivedAt = io.nowMicros();
    if (waitingMessages.incrementAndGet() > MAX_WAITING_MESSAGES) {
      peer.close();
      return;
    }
    io.post(() -> {
      waitingMessages.decrementAndGet();
      received(message, arrivedAt);
    });
  }

  /**
   * The frame says how long a message is, not its header: browsers count wrongly there. Types that
   * nobody knows are passed over, as snapserver does on WebSockets.
   */
  private void received(byte[] message, long arrivedAt) {
    if (message.length < BaseHeader.BYTES || session == null) {
      return;
    }
    ByteBuffer frame = ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    if (session.takes(Short.toUnsignedInt(frame.getShort(0)))) {
      frame.putInt(SIZE_AT, message.length - BaseHeader.BYTES);
      session.received(frame, arrivedAt);
    }
  }

  @Override
  public void drained() {
    if (wantsRoom) {
      wantsRoom = false;
      io.post(this::room);
    }
  }

  private void room() {
    if (session != null && !session.closed()) {
      session.room(io.nowMicros());
    }
  }

  @Override
  public void closed() {
    io.post(() -> {
      if (session != null) {
        session.disconnected(io.nowMicros());
      }
    });
  }

  @Override
  public long write(ByteBuffer[] buffers, int count) {
    cutter.begin(buffers, count);
    long taken = 0;
    while (cutter.hasNext() && peer.waitingBytes() < MAX_WAITING_BYTES) {
      byte[] message = cutter.next();
      taken += message.length;
      peer.send(message);
    }
    return taken;
  }

  @Override
  public void awaitRoom() {
    wantsRoom = true;
    if (peer.waitingBytes() == 0) {
      // It was taken before we asked, so that nobody would tell us.
      drained();
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
