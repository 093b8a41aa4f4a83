/** Sound cards that are recorded from. */
@NullMarked
package dev.tutti.feeds.alsa;

import org.jspecify.annotations.NullMarked;
