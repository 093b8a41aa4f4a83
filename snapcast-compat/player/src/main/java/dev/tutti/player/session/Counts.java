package dev.tutti.player.session;

/**
 * What a session has seen since the player started.
 *
 * @param connections that reached a server's settings
 * @param chunks that were taken in
 * @param repeated chunks that we had already, after a reconnect
 * @param late chunks that came when they should already have sounded
 * @param refused chunks from too far in the future, or more than there is room for
 * @param exchanges of time that were used
 */
public record Counts(
    long connections, long chunks, long repeated, long late, long refused, long exchanges) {}
