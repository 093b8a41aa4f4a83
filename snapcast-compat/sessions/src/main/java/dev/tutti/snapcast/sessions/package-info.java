/**
 * The server half of the Snapcast protocol as step functions: feeds that encode a stream once, and
 * sessions that send it. No sockets, no threads, no clock of their own: {@code event + now → output
 * + next wake-up}.
 */
@NullMarked
package dev.tutti.snapcast.sessions;

import org.jspecify.annotations.NullMarked;
