package dev.tutti.audio.codec.aac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaplessTagTest {
  @Test
  void readsDelayAndLength() {
    assertThat(
            GaplessTag.parse(
                " 00000000 00000840 000001CA 00000000003F31F6 00000000 00000000 00000000"))
        .contains(new GaplessTag(2112, 0x3F31F6));
  }

  @Test
  void nonsenseIsNoTag() {
    assertThat(GaplessTag.parse(" 00000000 xyz")).isEmpty();
    assertThat(GaplessTag.parse("")).isEmpty();
  }
}
