/** Players, the groups they hear together in, and who is connected. */
@NullMarked
package dev.tutti.api.zone;

import org.jspecify.annotations.NullMarked;
