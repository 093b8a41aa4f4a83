/**
 * What a plugin sees first: {@link dev.tutti.api.Plugin} and its {@link
 * dev.tutti.api.PluginContext}.
 */
@NullMarked
package dev.tutti.api;

import org.jspecify.annotations.NullMarked;
