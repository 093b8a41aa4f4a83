package dev.tutti.playlist;

import java.nio.file.Path;

/**
 * A file that can be played.
 *
 * @param id stable between starts: the root's number and the path below it
 * @param file where it is
 * @param sizeBytes with {@code modifiedMillis}, tells whether it is still the same file
 */
record Item(String id, Path file, long sizeBytes, long modifiedMillis) {}
