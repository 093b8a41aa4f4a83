package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Hello;

/**
 * A client that introduced itself.
 *
 * @param clientId under which it is known; never empty
 * @param hello what it said
 * @param address of its end of the connection, as text, without port
 * @param welcome whether it was let in when it connected, so that nothing more is asked of it
 */
public record Arrival(String clientId, Hello hello, String address, boolean welcome) {}
