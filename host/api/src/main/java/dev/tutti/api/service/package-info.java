/** Services: how plugins talk to each other. */
@NullMarked
package dev.tutti.api.service;

import org.jspecify.annotations.NullMarked;
