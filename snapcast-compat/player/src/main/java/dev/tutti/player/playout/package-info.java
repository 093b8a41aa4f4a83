/** Which frame the device gets when: the control loop and what it steers. */
@NullMarked
package dev.tutti.player.playout;

import org.jspecify.annotations.NullMarked;
