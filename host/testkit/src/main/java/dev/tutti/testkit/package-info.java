/**
 * Hearing in virtual time: a house with rooms, simulated clocks, wires and clients, around the real
 * engine and protocol.
 */
@NullMarked
package dev.tutti.testkit;

import org.jspecify.annotations.NullMarked;
