/** Announcements: a sound over the music of chosen rooms, one after the other by priority. */
@NullMarked
package dev.tutti.announce;

import org.jspecify.annotations.NullMarked;
