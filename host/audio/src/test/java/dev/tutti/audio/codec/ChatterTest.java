package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries by others complain about damaged files where nobody wants to read it. */
class ChatterTest {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final java.util.logging.Handler handler =
      new java.util.logging.StreamHandler(said, new java.util.logging.SimpleFormatter());

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    handler.setLevel(Level.INFO);
    Logger.getLogger("").addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("").removeHandler(handler);
    System.setOut(out);
    System.setErr(err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "music.flac",
        "music-cbr.mp3",
        "music.ogg",
        "music.opus",
        "music.m4a",
        "music.aac"
      })
  void damagedFilesAreDecodedInSilence(String name) throws IOException {
    byte[] damaged = Files.readAllBytes(Decoded.resource(name));
    Random random = new Random(3);
    for (int i = damaged.length * 2 / 3; i < damaged.length; i += 1 + random.nextInt(60)) {
      damaged[i] ^= (byte) (1 + random.nextInt(255));
    }
    Decoded heard = Decoded.of(Files.write(folder.resolve("damaged"), damaged));
    handler.flush();
    assertThat(heard.frames()).isPositive();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
