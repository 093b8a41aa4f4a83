/** State cells: an immutable snapshot, a revision, one writer. */
@NullMarked
package dev.tutti.api.state;

import org.jspecify.annotations.NullMarked;
