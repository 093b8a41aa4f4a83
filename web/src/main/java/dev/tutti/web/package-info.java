/** The web page: a small remote for every room, live in any browser. */
@NullMarked
package dev.tutti.web;

import org.jspecify.annotations.NullMarked;
