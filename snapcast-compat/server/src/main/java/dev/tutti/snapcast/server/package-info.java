/**
 * The plugin {@code snapcast}: sockets and threads around the Snapcast sessions, and their
 * connection to the host's streams and zones.
 */
@NullMarked
package dev.tutti.snapcast.server;

import org.jspecify.annotations.NullMarked;
