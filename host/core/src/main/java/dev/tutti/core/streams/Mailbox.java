package dev.tutti.core.streams;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What other threads want the conductor to do. Any thread posts; the conductor drains. */
final class Mailbox {
  private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
  private volatile Runnable wake = () -> {};

  void onLetter(Runnable wake) {
    this.wake = wake;
  }

  void post(Runnable letter) {
    letters.add(letter);
    wake.run();
  }

  /** Asks the conductor to look, without a letter. */
  void nudge() {
    wake.run();
  }

  /** Does everything that was posted, also what is posted meanwhile. */
  void drain() {
    for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
      letter.run();
    }
  }
}
