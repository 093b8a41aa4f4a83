/** What a running player tells those who ask on the same machine: the screen and the check. */
@NullMarked
package dev.tutti.player.status;

import org.jspecify.annotations.NullMarked;
