/** Control by lines of text, as telnet and nc send them. */
@NullMarked
package dev.tutti.telnet;

import org.jspecify.annotations.NullMarked;
