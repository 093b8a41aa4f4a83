package dev.tutti.core.plugins;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The thread on which the host calls a plugin's constructor, start and stop. Calls are queued from
 * any thread and run in order.
 */
final class LifeThread {
  private final BlockingQueue<FutureTask<?>> calls = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean ended;

  LifeThread(LiveScope scope) {
    thread =
        Thread.ofPlatform()
            .name("plugin-" + scope.pluginId())
            .daemon(true)
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
    thread.setContextClassLoader(scope.loader());
    scope.start(thread);
  }

  <T> FutureTask<T> call(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    calls.add(task);
    return task;
  }

  /** Lets the thread end after the call it is in. */
  void end() {
    ended = true;
    calls.add(new FutureTask<>(() -> true));
  }

  /** Where the thread is, for a message about a call that does not return. */
  String whereabouts() {
    return Sentences.whereabouts(thread);
  }

  private void run() {
    while (!ended) {
      try {
        calls.take().run();
      } catch (InterruptedException leftOver) {
        // Meant for a call that has returned meanwhile; whether to end is said by the flag.
      }
    }
  }
}
