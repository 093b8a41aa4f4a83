/** Streams that play the first of others that plays. */
@NullMarked
package dev.tutti.feeds.meta;

import org.jspecify.annotations.NullMarked;
