/** Listening sockets, which belong to the host and outlive a plugin's swap. */
@NullMarked
package dev.tutti.api.net;

import org.jspecify.annotations.NullMarked;
