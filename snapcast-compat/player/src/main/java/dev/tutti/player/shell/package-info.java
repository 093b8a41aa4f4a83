/** The one shell: sockets, threads and the system's clock around the step functions. */
@NullMarked
package dev.tutti.player.shell;

import org.jspecify.annotations.NullMarked;
