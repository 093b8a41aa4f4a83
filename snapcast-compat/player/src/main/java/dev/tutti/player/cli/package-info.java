/** The command {@code tutti player}. */
@NullMarked
package dev.tutti.player.cli;

import org.jspecify.annotations.NullMarked;
