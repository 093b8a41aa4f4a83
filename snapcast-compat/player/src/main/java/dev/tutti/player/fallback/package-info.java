/** What a room plays when its server is gone: when to go over, and what is heard then. */
@NullMarked
package dev.tutti.player.fallback;

import org.jspecify.annotations.NullMarked;
