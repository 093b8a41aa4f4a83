/** State cells and atomic files. */
@NullMarked
package dev.tutti.core.state;

import org.jspecify.annotations.NullMarked;
