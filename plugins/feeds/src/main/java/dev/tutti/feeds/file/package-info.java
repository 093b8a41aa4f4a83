/** Raw PCM from a file, over and over. */
@NullMarked
package dev.tutti.feeds.file;

import org.jspecify.annotations.NullMarked;
