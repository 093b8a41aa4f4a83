/** mDNS. */
@NullMarked
package dev.tutti.core.discovery;

import org.jspecify.annotations.NullMarked;
