/** Players and groups: one writer, persisted as Snapcast's server.json. */
@NullMarked
package dev.tutti.core.zones;

import org.jspecify.annotations.NullMarked;
