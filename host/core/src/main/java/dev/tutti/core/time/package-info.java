/** The one place that reads the system's clocks and owns timers. */
@NullMarked
package dev.tutti.core.time;

import org.jspecify.annotations.NullMarked;
