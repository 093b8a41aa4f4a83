package dev.tutti.snapcast.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {
  @Test
  void noByteIsOfBoth() {
    for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
      assertThat(FirstBytes.ofStream((byte) b) && FirstBytes.ofControl((byte) b))
          .as("byte %d", b)
          .isFalse();
    }
  }

  @Test
  void noTypeOfTheStreamProtocolBeginsLikeAController() {
    for (byte type = 0; type <= 8; type++) {
      assertThat(FirstBytes.ofControl(type)).as("type %d", type).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"GET / HTTP/1.1,true", "POST /jsonrpc,true", "{GET ,false", "GE,false", "Get ,false"})
  void browsersAreKnownByTheirVerb(String text, boolean http) {
    byte[] bytes = text.getBytes(US_ASCII);
    assertThat(FirstBytes.ofHttp(bytes)).isEqualTo(http);
  }
}
