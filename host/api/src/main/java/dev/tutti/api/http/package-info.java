/** Routes, WebSockets and panels on the host's one HTTP server. */
@NullMarked
package dev.tutti.api.http;

import org.jspecify.annotations.NullMarked;
