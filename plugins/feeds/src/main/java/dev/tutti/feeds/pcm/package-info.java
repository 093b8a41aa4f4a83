/** Raw PCM and the header that may stand before it. */
@NullMarked
package dev.tutti.feeds.pcm;

import org.jspecify.annotations.NullMarked;
