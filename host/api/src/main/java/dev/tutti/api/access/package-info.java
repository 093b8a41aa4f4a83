/** Who may do what: scopes, credentials, and the one policy behind all doors of the server. */
@NullMarked
package dev.tutti.api.access;

import org.jspecify.annotations.NullMarked;
