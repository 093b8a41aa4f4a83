/**
 * The laboratory: a server and many players, their real code, in virtual time. Only samples are
 * replaced, by their places.
 */
@NullMarked
package dev.tutti.player.lab;

import org.jspecify.annotations.NullMarked;
