/** A start and a minute of everything in a few seconds, heard by nobody, for Java to learn from. */
@NullMarked
package dev.tutti.player.rehearsal;

import org.jspecify.annotations.NullMarked;
