/**
 * Snapcast's JSON-RPC control API over TCP, HTTP and WebSocket, as a projection of the host's
 * players, groups and streams (reference: protocol section 7).
 */
@NullMarked
package dev.tutti.snapcast.control;

import org.jspecify.annotations.NullMarked;
