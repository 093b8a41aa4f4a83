/**
 * The player's own doors: control by HTTP and by lines of text, for people and programs beside the
 * machine that plays. Off unless somebody asks for them.
 */
@NullMarked
package dev.tutti.player.device;

import org.jspecify.annotations.NullMarked;
