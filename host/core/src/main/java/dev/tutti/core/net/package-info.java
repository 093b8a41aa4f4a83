/** The host's listening sockets. */
@NullMarked
package dev.tutti.core.net;

import org.jspecify.annotations.NullMarked;
