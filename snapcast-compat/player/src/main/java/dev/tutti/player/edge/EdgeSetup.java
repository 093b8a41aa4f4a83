package dev.tutti.player.edge;

import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.player.shell.Certificates;
import dev.tutti.player.shell.FallbackSetup;
import dev.tutti.player.shell.Servers;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * How an edge is to be.
 *
 * @param servers where to find the server of the house; asked anew for each client
 * @param certificates which servers are believed to be who they say
 * @param listen where the local client connects; port 0 for any
 * @param localBufferMs of the local client, {@value #LEAST_BUFFER_MS} to {@value #MOST_BUFFER_MS}
 * @param codec of the local stream
 * @param depthMs how long before it is heard sound is asked for, of a server that can send it ahead
 * @param fallback what is played when the server is gone for longer
 */
public record EdgeSetup(
    Supplier<Servers> servers,
    Certificates certificates,
    InetSocketAddress listen,
    int localBufferMs,
    CodecSpec codec,
    int depthMs,
    FallbackSetup fallback) {
  /** The sessions write at most every tenth of a buffer; a client needs some periods. */
  public static final int LEAST_BUFFER_MS = 50;

  /** What lies here cannot be used against a bad network. */
  public static final int MOST_BUFFER_MS = 2000;
}
