/** The command line. */
@NullMarked
package dev.tutti.core.cli;

import org.jspecify.annotations.NullMarked;
