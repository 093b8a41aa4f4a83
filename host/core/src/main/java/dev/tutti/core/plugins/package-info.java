/** Loads plugin jars, runs their life cycle, and gives each its context. */
@NullMarked
package dev.tutti.core.plugins;

import org.jspecify.annotations.NullMarked;
