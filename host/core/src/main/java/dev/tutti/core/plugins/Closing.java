package dev.tutti.core.plugins;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Closes what a scope owns, newest first. A closing may run into plugin code that hangs: then it is
 * left behind on its thread, and the rest is closed all the same.
 */
final class Closing {
  private static final Logger LOG = System.getLogger(Closing.class.getName());

  private final LiveScope scope;
  private final Duration limit;

  /**
   * @param limit for each thing to close
   */
  Closing(LiveScope scope, Duration limit) {
    this.scope = scope;
    this.limit = limit;
  }

  /** Returns when everything is closed or left behind. */
  void run() {
    while (scope.ownsAnything()) {
      Thread closer =
          Thread.ofVirtual()
              .name("plugin-" + scope.pluginId() + "-close")
              .inheritInheritableThreadLocals(false)
              .start(scope::close);
      if (!progresses(closer)) {
        LOG.log(
            Level.WARNING,
            "the plugin '%s': closing a %s takes longer than %s; it is left behind"
                .formatted(scope.pluginId(), scope.beingClosed(), Sentences.of(limit)));
        scope.inherit(closer);
      }
    }
  }

  /** Whether the closer reaches the end; it has the limit for each step. */
  private boolean progresses(Thread closer) {
    int before = -1;
    int closed = scope.closedCount();
    while (closed != before) {
      if (ends(closer)) {
        return true;
      }
      before = closed;
      closed = scope.closedCount();
    }
    return false;
  }

  private boolean ends(Thread closer) {
    try {
      return closer.join(limit);
    } catch (InterruptedException hostEnds) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
