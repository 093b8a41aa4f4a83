package dev.tutti.api.net;

import java.io.IOException;

/**
 * Something is not fetched, because it is not permitted. The message is a sentence for the user.
 */
public final class FetchRefused extends IOException {
  private static final long serialVersionUID = 1;

  public FetchRefused(String sentence) {
    super(sentence);
  }
}
