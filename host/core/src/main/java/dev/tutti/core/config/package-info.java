/** tutti.toml: reading, binding to records, error messages. */
@NullMarked
package dev.tutti.core.config;

import org.jspecify.annotations.NullMarked;
