package dev.tutti.core.streams;

import java.util.Optional;

/** Where streams keep their anchors between starts. Thread-safe. */
public interface AnchorStore {
  /** Keeps nothing. */
  AnchorStore NONE =
      new AnchorStore() {
        @Override
        public Optional<Anchor> load(String streamId) {
          return Optional.empty();
        }

        @Override
        public void save(Anchor anchor) {}

        @Override
        public void flush() {}
      };

  /** The last anchor of a stream. May read a file. */
  Optional<Anchor> load(String streamId);

  /**
   * Stores an anchor over the stream's last one. Returns at once; the writing happens elsewhere.
   */
  void save(Anchor anchor);

  /** Waits until everything saved is on disk. */
  void flush();
}
