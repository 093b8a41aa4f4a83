/** What reaches standard error: readable lines, quiet third parties. */
@NullMarked
package dev.tutti.core.log;

import org.jspecify.annotations.NullMarked;
