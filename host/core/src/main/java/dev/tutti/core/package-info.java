/** The host: everything wired together. */
@NullMarked
package dev.tutti.core;

import org.jspecify.annotations.NullMarked;
