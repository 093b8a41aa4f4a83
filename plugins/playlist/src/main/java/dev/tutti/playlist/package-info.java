/** Music folders and playlist files as an on-demand source: {@code playlist://}. */
@NullMarked
package dev.tutti.playlist;

import org.jspecify.annotations.NullMarked;
