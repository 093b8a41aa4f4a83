/** Bytes to records and back: the binary protocol between a Snapcast server and its clients. */
@NullMarked
package dev.tutti.snapcast.protocol;

import org.jspecify.annotations.NullMarked;
