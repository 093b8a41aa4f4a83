/** Sounds over what players hear, at one instant for all of them. */
@NullMarked
package dev.tutti.api.cue;

import org.jspecify.annotations.NullMarked;
