/**
 * Tutti, assembled as a user gets it, against unmodified peers. Each test names the peer it needs.
 */
@NullMarked
package dev.tutti.interop;

import org.jspecify.annotations.NullMarked;
