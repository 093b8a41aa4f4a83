package dev.tutti.core.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.Registration;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneEvent;
import dev.tutti.core.plugins.PluginScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginZonesTest {
  private final TestHouse house = new TestHouse();
  private final Scope scope = new Scope();
  private final Zones zones = house.store.forPlugin(scope);
  private final List<ZoneEvent> heard = new ArrayList<>();

  @Test
  void eventsComeOnThePluginsOwnThread() {
    zones.onChange(heard::add);
    house.join("kitchen");
    assertThat(heard).isEmpty();

    scope.runPosted();
    assertThat(heard).hasSize(1);
  }

  @Test
  void afterClosingNotEvenEventsUnderWayArrive() {
    Registration registration = zones.onChange(heard::add);
    house.join("kitchen");
    registration.close();
    scope.runPosted();

    assertThat(heard).isEmpty();
    assertThat(scope.owned).isEmpty();
  }

  @Test
  void subscriptionsEndWithThePlugin() throws Exception {
    zones.onChange(heard::add);
    scope.close();
    house.join("kitchen");

    assertThat(scope.posted).isEmpty();
  }

  @Test
  void anEndedPluginIsTold() throws Exception {
    scope.close();

    assertThatThrownBy(zones::snapshot)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("plugin test has ended");
  }

  /** Collects what is posted until the test lets it run. */
  private static final class Scope implements PluginScope {
    final List<Runnable> posted = new ArrayList<>();
    final List<AutoCloseable> owned = new ArrayList<>();
    private boolean closed;

    void runPosted() {
      posted.forEach(Runnable::run);
      posted.clear();
    }

    void close() throws Exception {
      closed = true;
      for (AutoCloseable resource : owned) {
        resource.close();
      }
    }

    @Override
    public String pluginId() {
      return "test";
    }

    @Override
    public boolean closed() {
      return closed;
    }

    @Override
    public Runnable own(AutoCloseable resource) {
      owned.add(resource);
      return () -> owned.remove(resource);
    }

    @Override
    public void guard(String what, Runnable call) {
      call.run();
    }

    @Override
    public void post(String what, Runnable call) {
      posted.add(call);
    }

    @Override
    public ClassLoader loader() {
      return getClass().getClassLoader();
    }
  }
}
