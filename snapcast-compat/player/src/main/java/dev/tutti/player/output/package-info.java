/** Devices that sound, and those that only write down what would. */
@NullMarked
package dev.tutti.player.output;

import org.jspecify.annotations.NullMarked;
