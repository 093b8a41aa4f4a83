/** Who may come in and do what: the policy behind all doors, and the server's own token. */
@NullMarked
package dev.tutti.core.access;

import org.jspecify.annotations.NullMarked;
