/** The guard that every outgoing fetch passes. */
@NullMarked
package dev.tutti.core.fetch;

import org.jspecify.annotations.NullMarked;
