/**
 * What a server and its players must compute alike, so that rooms that are cut off play the same
 * fallback at the same instant: the manifest of a pack, the place in it, the fades. Values only: no
 * network, no files, no threads.
 */
@NullMarked
package dev.tutti.audio.fallback;

import org.jspecify.annotations.NullMarked;
