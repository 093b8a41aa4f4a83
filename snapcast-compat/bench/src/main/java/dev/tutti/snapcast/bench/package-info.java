/**
 * {@code tutti bench}: many Snapcast clients in one thread, and what they saw. A tool, no part of
 * the server.
 */
@NullMarked
package dev.tutti.snapcast.bench;

import org.jspecify.annotations.NullMarked;
