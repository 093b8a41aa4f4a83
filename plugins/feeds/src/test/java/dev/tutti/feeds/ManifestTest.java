package dev.tutti.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {
  @Test
  void theManifestNamesTheEntryClass() throws Exception {
    try (var in = FeedsPlugin.class.getResourceAsStream("/plugin.json")) {
      Json manifest = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));

      assertThat(manifest.text("id")).contains("feeds");
      assertThat(manifest.text("entry")).contains(FeedsPlugin.class.getName());
    }
  }
}
