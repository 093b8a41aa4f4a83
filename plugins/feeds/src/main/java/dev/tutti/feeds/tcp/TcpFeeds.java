package dev.tutti.feeds.tcp;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.feeds.pcm.PcmStream;
import dev.tutti.feeds.pcm.ReadSize;
import java.util.function.Supplier;

/** Makes sources for {@code tcp://} addresses. */
public final class TcpFeeds {
  private TcpFeeds() {}

  /**
   * A source that listens or connects, as the address says.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static LiveSource source(SourceRequest request, System.Logger log) {
    TcpOptions options = TcpOptions.of(request.uri());
    int frames = ReadSize.frames(request.uri(), request.format());
    Supplier<PcmStream> begin = () -> new PcmStream(request.format(), frames);
    return options.server()
        ? new TcpServerSource(options, begin, log)
        : new TcpClientSource(options, begin, log);
  }
}
