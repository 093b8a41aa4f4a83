package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapcastSettingsTest {
  @Test
  void withoutATableOfBuffersAllClientsHaveTheHosts() {
    assertThat(new SnapcastSettings(false, 10, "", List.of(), null).bufferOf()).isEmpty();
  }

  @Test
  void aBufferOutOfRangeIsNamedWithItsClient() {
    SnapcastSettings settings =
        new SnapcastSettings(false, 10, "", List.of(), Map.of("kitchen", 5));

    assertThatThrownBy(settings::bufferOf)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("kitchen", "20 to 60000", "5");
  }
}
