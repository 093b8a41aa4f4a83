package dev.tutti.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {
  @Test
  void theManifestNamesTheEntryClass() throws Exception {
    try (var in = PipePlugin.class.getResourceAsStream("/plugin.json")) {
      Json manifest = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));

      assertThat(manifest.text("id")).contains("pipe");
      assertThat(manifest.text("entry")).contains(PipePlugin.class.getName());
    }
  }
}
