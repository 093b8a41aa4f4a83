/** Control scripts: programs that speak for a player, over standard input and output. */
@NullMarked
package dev.tutti.feeds.script;

import org.jspecify.annotations.NullMarked;
