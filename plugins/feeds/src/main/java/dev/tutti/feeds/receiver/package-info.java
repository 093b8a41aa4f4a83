/**
 * Receivers of other makers' systems, run as programs: librespot (Spotify), shairport-sync
 * (AirPlay).
 */
@NullMarked
package dev.tutti.feeds.receiver;

import org.jspecify.annotations.NullMarked;
