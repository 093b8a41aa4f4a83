package dev.tutti.api.audio;

/**
 * What a stream asks of a source.
 *
 * @param uri the configured address with its options
 * @param format what the source has to deliver
 * @param streamId the stream it plays for
 */
public record SourceRequest(SourceUri uri, SampleFormat format, String streamId) {}
