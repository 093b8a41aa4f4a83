/** The commands {@code tutti player} and {@code tutti edge}. */
@NullMarked
package dev.tutti.player.cli;

import org.jspecify.annotations.NullMarked;
