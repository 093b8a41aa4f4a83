/** The conversation with a server, and the queue of what it sent. */
@NullMarked
package dev.tutti.player.session;

import org.jspecify.annotations.NullMarked;
