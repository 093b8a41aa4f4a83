package dev.tutti.core.http;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the connections on which nothing is going on: when there are too many, the one that has
 * been quiet longest is closed. So thousands of callers who say nothing take no place from those
 * who do. Listens to connections that speak HTTP; WebSockets are not its business. Thread-safe.
 */
final class QuietConnections implements Connection.Listener {
  private final int max;
  private final Set<Connection> quiet = new LinkedHashSet<>();

  QuietConnections(int max) {
    this.max = max;
  }

  @Override
  public void onOpened(Connection connection) {
    addAndEvict(connection);
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (quiet) {
      quiet.remove(connection);
    }
  }

  /** A request begins; the connection is safe until it ends. */
  void busy(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    synchronized (quiet) {
      quiet.remove(connection);
    }
    Request.addCompletionListener(request, failure -> idle(connection));
  }

  /** How many there are. */
  int count() {
    synchronized (quiet) {
      return quiet.size();
    }
  }

  private void idle(Connection connection) {
    // A connection that became a WebSocket has left its socket to that one.
    if (connection.equals(connection.getEndPoint().getConnection())
        && connection.getEndPoint().isOpen()) {
      addAndEvict(connection);
    }
  }

  private void addAndEvict(Connection connection) {
    Connection oldest = add(connection);
    if (oldest != null) {
      oldest.getEndPoint().close();
    }
  }

  private @Nullable Connection add(Connection connection) {
    synchronized (quiet) {
      quiet.add(connection);
      if (quiet.size() <= max) {
        return null;
      }
      Iterator<Connection> each = quiet.iterator();
      Connection oldest = each.next();
      each.remove();
      return oldest;
    }
  }
}
