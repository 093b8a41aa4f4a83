package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Hello;

/**
 * A client that introduced itself.
 *
 * @param clientId under which it is known; never empty
 * @param hello what it said
 * @param address of its end of the connection, as text, without port
 */
public record Arrival(String clientId, Hello hello, String address) {}
