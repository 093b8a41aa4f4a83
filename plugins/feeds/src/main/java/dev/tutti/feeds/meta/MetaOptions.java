package dev.tutti.feeds.meta;

import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.stream.StreamStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What an address says about a meta stream: {@code meta:///doorbell/radio}.
 *
 * @param inputs names of streams; the first one that plays is heard
 */
record MetaOptions(List<String> inputs) {
  MetaOptions {
    inputs = List.copyOf(inputs);
  }

  /**
   * Reads an address and holds it against the streams there are.
   *
   * @throws IOException with a sentence for the user
   */
  static MetaOptions of(SourceRequest request, List<StreamStatus> streams) throws IOException {
    String path = request.uri().host() + request.uri().path();
    List<String> names =
        List.copyOf(
            new LinkedHashSet<>(
                Arrays.stream(path.split("/", -1)).filter(name -> !name.isEmpty()).toList()));
    if (names.isEmpty()) {
      throw new IOException("a meta stream needs names of streams: meta:///doorbell/radio");
    }
    int own = indexOf(request.streamId(), streams);
    for (String name : names) {
      int at = indexOf(name, streams);
      if (at < 0) {
        throw new IOException("there is no stream \"" + name + "\" for it to play");
      }
      if (streams.get(at).uri().scheme().equals("meta") && own >= 0 && at >= own) {
        throw new IOException(
            "the meta stream \""
                + name
                + "\" must come before it, so that they do not go in circles");
      }
    }
    return new MetaOptions(names);
  }

  private static int indexOf(String name, List<StreamStatus> streams) {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i).id().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
