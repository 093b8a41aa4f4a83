package dev.tutti.snapcast.sessions;

/**
 * How one encoder does.
 *
 * @param feed the stream, and whether mixed for some
 * @param format as it encodes
 * @param leadMs how far ahead of being heard it works: the largest buffer among its listeners
 * @param aheadMs how far ahead of being heard its last block was
 * @param chunks so many were made
 * @param bytes in them
 * @param holes how often a block was missing when it was due
 */
public record FeedReport(
    String feed,
    String codec,
    String format,
    long leadMs,
    long aheadMs,
    long chunks,
    long bytes,
    long holes) {}
