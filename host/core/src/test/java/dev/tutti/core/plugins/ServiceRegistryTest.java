package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.Registration;
import dev.tutti.api.service.Services;
import dev.tutti.api.service.Services.Service;
import dev.tutti.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceRegistryTest {
  interface Weather {
    String now();
  }

  private final VirtualTime time = new VirtualTime();
  private final ServiceRegistry registry = new ServiceRegistry();
  private final LiveScope rainScope = scope("rain");
  private final LiveScope pageScope = scope("page");
  private final Services rain = services(rainScope);
  private final Services page = services(pageScope);
  private final List<String> heard = new ArrayList<>();

  private LiveScope scope(String id) {
    return new LiveScope(id, getClass().getClassLoader(), time);
  }

  private Services services(LiveScope scope) {
    return registry.forPlugin(scope, type -> true);
  }

  private void listen(Service<Weather> service) {
    service.onChange(now -> heard.add(now.map(Weather::now).orElse("gone")));
  }

  @Test
  void aHandleAnswersNotThereUntilSomebodyOffers() {
    Service<Weather> handle = page.find(Weather.class);
    assertThat(handle.get()).isEmpty();
    rain.provide(Weather.class, () -> "wet");
    assertThat(handle.get().orElseThrow().now()).isEqualTo("wet");
  }

  @Test
  void aHandleSurvivesTheSwapOfItsProvider() {
    Service<Weather> handle = page.find(Weather.class);
    listen(handle);
    rain.provide(Weather.class, () -> "wet");
    rainScope.close();
    assertThat(handle.get()).isEmpty();
    services(scope("rain")).provide(Weather.class, () -> "wetter");
    assertThat(handle.get().orElseThrow().now()).isEqualTo("wetter");
    time.run(Duration.ZERO);
    assertThat(heard).containsExactly("wet", "gone", "wetter");
  }

  @Test
  void aSecondProviderIsRefusedByName() {
    rain.provide(Weather.class, () -> "wet");
    assertThatThrownBy(() -> services(scope("snow")).provide(Weather.class, () -> "white"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'rain'");
  }

  @Test
  void aServiceWithdrawnMayBeOfferedByAnother() {
    Registration offer = rain.provide(Weather.class, () -> "wet");
    offer.close();
    offer.close();
    services(scope("snow")).provide(Weather.class, () -> "white");
    assertThat(page.find(Weather.class).get().orElseThrow().now()).isEqualTo("white");
  }

  @Test
  void aListenerEndsWithItsPluginAndWithItsRegistration() {
    Service<Weather> handle = page.find(Weather.class);
    handle.onChange(now -> heard.add("closed early")).close();
    listen(handle);
    pageScope.close();
    rain.provide(Weather.class, () -> "wet");
    time.run(Duration.ZERO);
    assertThat(heard).isEmpty();
    assertThatThrownBy(handle::get).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsKeptOfATypeNobodyCaresFor() {
    listen(page.find(Weather.class));
    rain.provide(Weather.class, () -> "wet");
    assertThat(registry.size()).isOne();
    rainScope.close();
    pageScope.close();
    assertThat(registry.size()).isZero();
  }

  @Test
  void onlyInterfacesAreServices() {
    assertThatThrownBy(() -> rain.provide(String.class, "wet"))
        .hasMessageContaining("is no interface");
  }
}
