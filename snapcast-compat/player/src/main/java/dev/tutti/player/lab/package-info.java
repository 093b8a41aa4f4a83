/**
 * The laboratory: a server and many players, their real code, in virtual time. Only samples are
 * replaced, by their places. {@link dev.tutti.player.lab.Profile} says which houses there are,
 * {@link dev.tutti.player.lab.Network} what their networks are like.
 */
@NullMarked
package dev.tutti.player.lab;

import org.jspecify.annotations.NullMarked;
