package dev.tutti.core.streams;

import dev.tutti.core.streams.DeepStreamTap.Reach;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who listens to a stream, and what they need together. Taps come and go on any thread; everything
 * else is the conductor's.
 */
final class Audience {
  private final List<StreamTap> taps = new CopyOnWriteArrayList<>();
  private final List<DeepStreamTap> deep = new CopyOnWriteArrayList<>();
  private final long defaultLead;
  private long otherLead;

  /**
   * @param defaultLead while no listener has said what it needs
   */
  Audience(long defaultLead) {
    this.defaultLead = defaultLead;
  }

  void add(StreamTap tap) {
    taps.add(tap);
  }

  void remove(StreamTap tap) {
    taps.remove(tap);
  }

  void add(DeepStreamTap tap) {
    deep.add(tap);
  }

  void remove(DeepStreamTap tap) {
    deep.remove(tap);
  }

  /** How early another stream takes blocks of this one, which is no listener. */
  void otherLead(long lead) {
    otherLead = lead;
  }

  boolean isEmpty() {
    return taps.isEmpty() && deep.isEmpty();
  }

  int size() {
    return taps.size() + deep.size();
  }

  /** How long after its capture live audio is to be heard, for the slowest listener. */
  long lead() {
    long most = Math.max(otherLead, takersLead());
    for (DeepStreamTap tap : deep) {
      most = Math.max(most, tap.reach().lead());
    }
    return most > 0 ? most : defaultLead;
  }

  /** How long before it is heard audio is committed, for the listener that commits it first. */
  long committed() {
    long most = Math.max(Math.max(otherLead, takersLead()), horizon());
    return most > 0 ? most : defaultLead;
  }

  /** How long before it is heard audio is committed although nobody takes it. */
  long horizon() {
    long most = 0;
    for (DeepStreamTap tap : deep) {
      most = Math.max(most, tap.reach().horizon());
    }
    return most;
  }

  /** How far ahead the deepest listener looks. */
  long depth() {
    long most = 0;
    for (DeepStreamTap tap : deep) {
      Reach reach = tap.reach();
      most = Math.max(most, reach.depth());
    }
    return most;
  }

  private long takersLead() {
    long most = 0;
    for (StreamTap tap : taps) {
      most = Math.max(most, tap.wantedLead());
    }
    return most;
  }

  /** There is more to take or to look at. */
  void ready() {
    taps.forEach(StreamTap::ready);
    deep.forEach(DeepStreamTap::ready);
  }

  /** Blocks from a number on are others now. */
  void revoked(long sequence) {
    deep.forEach(tap -> tap.revoke(sequence));
  }
}
