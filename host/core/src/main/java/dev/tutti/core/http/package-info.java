/** The one HTTP server that plugins hang their routes on. */
@NullMarked
package dev.tutti.core.http;

import org.jspecify.annotations.NullMarked;
