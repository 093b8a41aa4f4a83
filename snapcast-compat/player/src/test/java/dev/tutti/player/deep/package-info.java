/** Players that hold a minute, and a server that takes back what they hold. */
@NullMarked
package dev.tutti.player.deep;

import org.jspecify.annotations.NullMarked;
