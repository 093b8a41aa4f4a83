/** Certificates for HTTPS: given ones, and one this server makes itself. */
@NullMarked
package dev.tutti.core.tls;

import org.jspecify.annotations.NullMarked;
