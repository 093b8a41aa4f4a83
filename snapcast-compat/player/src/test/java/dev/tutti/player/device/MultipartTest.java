package dev.tutti.player.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file in a form (S0-48). */
class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=xYz";

  @Test
  void givesTheFileBehindOtherFields() throws Exception {
    String form =
        field("name=\"note\"", "hello")
            + field("name=\"f\"; filename=\"a.mp3\"", "s\r\n--xY")
            + "--xYz--\r\n";

    assertThat(read(bytes(form), TYPE)).isEqualTo("s\r\n--xY");
  }

  @Test
  void aQuotedBoundaryAndAnEmptyFileAreFine() throws Exception {
    String form = field("name=f; filename=a", "") + "--xYz--";

    assertThat(read(bytes(form), "multipart/form-data; charset=x; boundary=\"xYz\"")).isEmpty();
  }

  /** The delimiter falls on every place of the buffer's end, and comes in pieces of any size. */
  @Test
  void givesEveryByteHoweverTheyCome() throws Exception {
    Random random = new Random(7);
    for (int size = 65_400; size < 65_600; size++) {
      byte[] sound = new byte[size];
      random.nextBytes(sound);
      String text = new String(sound, StandardCharsets.ISO_8859_1);
      byte[] form = bytes(field("filename=x", text) + "--xYz--");
      InputStream dripping =
          new ByteArrayInputStream(form) {
            @Override
            public int read(byte[] into, int from, int length) {
              return super.read(into, from, Math.min(length, 1 + random.nextInt(9000)));
            }
          };

      assertThat(Arrays.equals(new Multipart(dripping, TYPE).readAllBytes(), sound)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nfield only\r\n--xYz--",
        "--xYz--",
        "--xYz--\r\n",
      })
  void aFormWithoutAFileIsSaidToBe(String form) {
    assertThatThrownBy(() -> read(bytes(form), TYPE))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing of the kind",
        "--xYz\r\nfilename=a",
        "--xYz\r\nfilename=a\r\n\r\nsound that is cut",
        "--xYz\r\nfilename=a\r\n\r\nsound\r\n--xY",
      })
  void aFormThatBreaksOffIsNoFile(String form) {
    assertThatThrownBy(() -> read(bytes(form), TYPE)).isInstanceOf(Multipart.BrokenOff.class);
  }

  @Test
  void anEndlessHeadIsNotReadToItsEnd() {
    assertThatThrownBy(() -> read(bytes("--xYz\r\n" + "a: b\r\n".repeat(20_000)), TYPE))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("too long");
  }

  @Test
  void garbageNeverLeadsToAnythingElse() throws IOException {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder form = new StringBuilder();
      String[] pieces = {"--xYz", "\r\n", "--", "filename=", "\r\n\r\n", "\0", "sound", "-", "\r"};
      for (int i = random.nextInt(40); i > 0; i--) {
        form.append(pieces[random.nextInt(pieces.length)]);
      }
      try {
        read(bytes(form.toString()), TYPE);
      } catch (Problem | Multipart.BrokenOff expected) {
        assertThat(expected).as("seed %d", seed).hasMessageNotContaining("null");
      }
    }
  }

  private static String field(String disposition, String value) {
    return "--xYz\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + value + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String read(byte[] form, String type) throws IOException, Problem {
    Multipart file = new Multipart(new ByteArrayInputStream(form), type);
    return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
