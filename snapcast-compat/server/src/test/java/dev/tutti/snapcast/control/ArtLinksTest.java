package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArtLinksTest {
  private static final String WHOLE =
      "{\"metadata\":{\"artUrl\":\"http://attic:1780/__image_cache?name=0c.jpg\"}}";
  private static final String RELATIVE =
      "{\"metadata\":{\"artUrl\":\"__image_cache?name=0c.jpg\"}}";

  private static String told(Map<String, String> headers) {
    return new ArtLinks(() -> "http://attic:1780")
        .forCaller(name -> Optional.ofNullable(headers.get(name)))
        .apply(WHOLE);
  }

  @Test
  void programsGetWholeAddresses() {
    assertThat(told(Map.of("Host", "attic:1780"))).isEqualTo(WHOLE);
  }

  @Test
  void ourOwnPagesGetRelativeOnes() {
    assertThat(told(Map.of("Host", "10.0.0.5:1788", "Origin", "https://10.0.0.5:1788")))
        .isEqualTo(RELATIVE);
  }

  @Test
  void soDoTheyBehindAProxy() {
    assertThat(
            told(
                Map.of(
                    "Host", "127.0.0.1:1780",
                    "X-Forwarded-Host", "music.example.com",
                    "Origin", "https://music.example.com")))
        .isEqualTo(RELATIVE);
  }

  @Test
  void aPageThatIsHostedElsewhereGetsWholeOnes() {
    assertThat(told(Map.of("Host", "attic:1780", "Origin", "http://pages.lan"))).isEqualTo(WHOLE);
    assertThat(told(Map.of("Host", "attic:1780", "Origin", "null"))).isEqualTo(WHOLE);
  }
}
