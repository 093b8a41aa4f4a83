package dev.tutti.audio.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.PackManifest.Anchor;
import dev.tutti.audio.fallback.PackManifest.Part;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifest as it travels and lies on disks. */
class ManifestJsonTest {
  private static final PackManifest PACK =
      new PackManifest(
          "0123456789abcdef".repeat(4),
          5_000_000,
          300,
          new SampleFormat(48_000, 16, 2),
          List.of(new Part("Erste \"Stunde\"", 100), new Part("Zwei", 200)),
          new Anchor(-12_345, "d0ee"),
          new FadePlan(2500, Fade.Curve.EQUAL_GAIN),
          -14.25);

  @Test
  void comesBackAsItWas() {
    assertThat(ManifestJson.parse(ManifestJson.write(PACK).toString())).isEqualTo(PACK);
  }

  @Test
  void passesOverWhatItDoesNotKnow() {
    String text =
        ManifestJson.write(PACK).toString().replace("{\"version\"", "{\"x\":[],\"version\"");

    assertThat(ManifestJson.parse(text)).isEqualTo(PACK);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1 | \"version\":2 | version 2",
        "\"version\":1 | \"v\":1 | \"version\" must be a number",
        "0123456789abcdef01 | 0123456789ABCDEF01 | SHA-256",
        "0123456789abcdef01 | ../../../etc/passw | SHA-256",
        "\"bytes\":5000000 | \"bytes\":0 | file of 0 bytes",
        "\"bytes\":5000000 | \"bytes\":1e99999999 | exponent",
        "\"bytes\":5000000 | \"bytes\":5000000000000 | file of",
        "\"frames\":300 | \"frames\":301 | parts of 300 frames in a pack of 301",
        "\"frames\":300 | \"frames\":300.5 | whole number",
        "\"frames\":100 | \"frames\":-100 | part of -100 frames",
        "48000:16:2 | 48000:32:2 | 32 bits",
        "48000:16:2 | 1:16:2 | rate:bits:channels",
        "-14.25 | 40 | 40.0 LUFS",
        "\"lengthMs\":2500 | \"lengthMs\":99999999999 | 0 to 30000",
        "equal-gain | linear | equal-power or equal-gain",
        "\"micros\":-12345 | \"micros\":9223372036854775807 | anchor",
        "\"parts\":[ | \"parts\":[],\"p\":[ | list of 1 to 1000",
      })
  void refusesWhatIsNoManifest(String right, String wrong, String why) {
    String text = ManifestJson.write(PACK).toString();
    assertThat(text).contains(right);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManifestJson.parse(text.replace(right, wrong)))
        .withMessageContaining(why);
  }

  @Test
  void refusesMorePartsAndLongerNamesThanThereMayBe() {
    String text = ManifestJson.write(PACK).toString();
    String many = "{\"name\":\"\",\"frames\":1},".repeat(PackManifest.MAX_PARTS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManifestJson.parse(text.replace("\"parts\":[", "\"parts\":[" + many)))
        .withMessageContaining("list of 1 to 1000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManifestJson.parse(text.replace("Zwei", "x".repeat(513))))
        .withMessageContaining("at most 512");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManifestJson.parse(" ".repeat(ManifestJson.MAX_CHARACTERS) + text))
        .withMessageContaining("characters");
  }

  @Test
  void garbageIsRefusedAndNothingElse() {
    Random random = new Random(11);
    char[] text = ManifestJson.write(PACK).toString().toCharArray();
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      char[] damaged = text.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (char) (32 + random.nextInt(96));
      }
      try {
        ManifestJson.parse(new String(damaged));
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("Exception");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2_500);
  }

  @Test
  void aFrameBelongsToItsPart() {
    assertThat(PACK.partAt(0).name()).isEqualTo("Erste \"Stunde\"");
    assertThat(PACK.partAt(99).frames()).isEqualTo(100);
    assertThat(PACK.partAt(100).name()).isEqualTo("Zwei");
    assertThat(PACK.partAt(299).name()).isEqualTo("Zwei");
  }

  @Test
  void theSamePackCanStandOnAnotherClock() {
    PackManifest moved = PACK.at(new Anchor(99, "other"));

    assertThat(moved.loop().frameAt(99)).isZero();
    assertThat(moved.id()).isEqualTo(PACK.id());
  }
}
