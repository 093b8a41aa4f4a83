package dev.tutti.player.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {
  /** One of these comes at each call; a failure where there is none. */
  private record Visitor(String name) implements Closeable {
    static final Visitor NONE = new Visitor("");

    @Override
    public void close() {}
  }

  /** Closed once everybody has come. */
  private record Script(Deque<Visitor> coming) implements Callers.Door<Visitor> {
    @Override
    public Visitor accept() throws IOException {
      Visitor next = coming.pop();
      if (next.equals(Visitor.NONE)) {
        throw new IOException("Too many open files");
      }
      return next;
    }

    @Override
    public boolean isOpen() {
      return !coming.isEmpty();
    }
  }

  private static List<Visitor> taken(Visitor... coming) {
    List<Visitor> taken = new ArrayList<>();
    new Callers<>("tea", new Script(new ArrayDeque<>(List.of(coming)))).takeAll(taken::add);
    return taken;
  }

  @Test
  void oneThatCannotBeTakenEndsNothing() {
    Visitor anna = new Visitor("anna");
    Visitor bert = new Visitor("bert");
    assertThat(taken(anna, Visitor.NONE, Visitor.NONE, bert)).containsExactly(anna, bert);
  }

  @Test
  void aDoorThatIsClosedWhileSomebodyWaitsIsTheEnd() {
    assertThat(taken(Visitor.NONE)).isEmpty();
  }
}
