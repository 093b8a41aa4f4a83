/** The assembled program: its walls, its start and stop. */
@NullMarked
package dev.tutti.app;

import org.jspecify.annotations.NullMarked;
