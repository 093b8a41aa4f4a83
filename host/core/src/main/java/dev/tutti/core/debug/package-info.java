/** What the host shows to those who look after it: figures, and the state of its parts. */
@NullMarked
package dev.tutti.core.debug;

import org.jspecify.annotations.NullMarked;
