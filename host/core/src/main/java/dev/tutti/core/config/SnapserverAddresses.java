package dev.tutti.core.config;

import dev.tutti.core.config.SnapserverConf.Entry;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a snapserver's file has it listen, and what it calls itself to others. Tutti listens on one
 * address, and has one name: what that is can be told when all is read.
 */
final class SnapserverAddresses {
  private static final String ALL = "0.0.0.0";

  private final SnapserverDraft draft;
  private final Map<String, String> binds = new LinkedHashMap<>();
  private String publicHost = "";
  private String publicPrefix = "";

  SnapserverAddresses(SnapserverDraft draft) {
    this.draft = draft;
  }

  void bind(Entry e) {
    String before = binds.putIfAbsent(e.place() + ": " + e.name(), e.value());
    if (before != null && !before.equals(e.value())) {
      draft.note(e, "is one address too many");
    }
  }

  /** The name others reach it by; in angle brackets snapserver finds out itself. */
  void host(Entry e) {
    if (!e.value().startsWith("<")) {
      publicHost = e.value();
    }
  }

  void prefix(Entry e) {
    publicPrefix = e.value();
  }

  /** All is read. */
  void finish() {
    finishBind();
    finishName();
  }

  /** Where the file has several addresses, all are listened on, and a note says so. */
  private void finishBind() {
    Set<String> distinct = new LinkedHashSet<>();
    binds.values().forEach(a -> distinct.add(a.equals("::") ? ALL : a));
    if (distinct.size() == 1) {
      draft.put("server.bind", distinct.iterator().next());
    } else if (distinct.size() > 1) {
      draft.put("server.bind", ALL);
      binds.forEach((name, address) -> {
        if (!address.equals("::") && !address.equals(ALL)) {
          draft.note(
              name
                  + " = "
                  + address
                  + " is not kept: Tutti listens on one address for everything, and here on all;"
                  + " use [access] or a firewall to keep others out");
        }
      });
    }
  }

  private void finishName() {
    if (!publicHost.isEmpty()) {
      String port =
          draft.get("server.http-port") instanceof Node.Value v ? ":" + v.value() : ":1780";
      draft.put("server.public-url", "http://" + publicHost + port + publicPrefix);
      Node host = new Node.Value(publicHost, draft.origin());
      draft.put("server.http-hosts", new Node.Items(List.of(host), draft.origin()));
    } else if (!publicPrefix.isEmpty()) {
      draft.note(
          draft.origin().place()
              + ": [http] url_prefix has no counterpart by itself; with [http] host it becomes"
              + " server.public-url");
    }
  }
}
