/**
 * Streams as step functions: source queues, program, timeline, transport. No I/O, no clock of its
 * own.
 */
@NullMarked
package dev.tutti.core.streams;

import org.jspecify.annotations.NullMarked;
