/** A small JSON value type, so that plugins need no JSON library. */
@NullMarked
package dev.tutti.api.json;

import org.jspecify.annotations.NullMarked;
