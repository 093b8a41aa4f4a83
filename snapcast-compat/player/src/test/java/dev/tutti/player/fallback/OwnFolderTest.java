package dev.tutti.player.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.UnreadableAudio;
import dev.tutti.audio.codec.flac.FlacFileWriter;
import dev.tutti.audio.measure.LoudnessMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room's own fallback (S0-38, S0-48). */
class OwnFolderTest {
  private static final int RATE = 48_000;

  @TempDir Path folder;
  private final List<Optional<OwnFile>> chosen = new ArrayList<>();

  @Test
  void whatIsSentTakesThePlaceAndOutlivesARestart() throws IOException {
    Path named = sound("named.flac", 1, 0.1f);
    OwnFolder own = new OwnFolder(folder, Optional.of(named), chosen::add);
    own.look();
    own.install(sound("own.part", 2, 0.1f));
    own.look();

    assertThat(chosen).hasSize(2);
    assertThat(chosen.getFirst().orElseThrow().file()).isEqualTo(named);
    assertThat(chosen.getLast().orElseThrow().seconds()).isEqualTo(2);
    assertThat(folder.resolve("own.part")).doesNotExist();

    new OwnFolder(folder, Optional.of(named), chosen::add).look();
    assertThat(chosen.getLast().orElseThrow().frames()).isEqualTo(2 * RATE);
  }

  @Test
  void whatIsNoSoundChangesNothing() throws IOException {
    OwnFolder own = new OwnFolder(folder, Optional.empty(), chosen::add);
    own.install(sound("own.part", 1, 0.1f));
    Path mud = Files.writeString(folder.resolve("own.part"), "mud ".repeat(1000));

    assertThatThrownBy(() -> own.install(mud)).isInstanceOf(UnreadableAudio.class);
    assertThat(chosen).hasSize(1);
    assertThat(chosen.getFirst().orElseThrow().open().next()).isZero();
  }

  @Test
  void whenItIsGivenUpTheNamedFileIsBack() throws IOException {
    Path named = sound("named.flac", 1, 0.1f);
    OwnFolder own = new OwnFolder(folder, Optional.of(named), chosen::add);
    own.install(sound("own.part", 2, 0.1f));

    assertThat(own.remove()).isTrue();
    assertThat(own.remove()).isFalse();
    assertThat(chosen.getLast().orElseThrow().file()).isEqualTo(named);
  }

  @Test
  void aFileThatChangesIsTakenAnew() throws IOException {
    Path named = folder.resolve("named.flac");
    OwnFolder own = new OwnFolder(folder, Optional.of(named), chosen::add);
    own.look();
    assertThat(chosen).isEmpty();

    sound("named.flac", 1, 0.1f);
    own.look();
    own.look();
    sound("named.flac", 3, 0.1f);
    own.look();
    Files.delete(named);
    own.look();

    assertThat(chosen.stream().map(each -> each.map(OwnFile::seconds)).toList())
        .containsExactly(Optional.of(1.0), Optional.of(3.0), Optional.empty());
  }

  @Test
  void isBroughtToTheLoudnessOfWhatTheServerGives() throws IOException {
    OwnFile quiet = OwnFile.measure(sound("quiet.flac", 5, 0.02f), "quiet");
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    float[] samples = new float[4096 * 2];
    try (PackSound sound = quiet.open()) {
      while (sound.next() < quiet.frames()) {
        meter.add(samples, 0, sound.read(samples, 4096));
      }
    }

    assertThat(meter.integratedLufs()).isBetween(-14.3, -13.7);
  }

  private Path sound(String name, int seconds, float level) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    float[] samples = new float[seconds * RATE * 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (level * Math.sin(2 * Math.PI * 997 * (i / 2) / RATE));
    }
    try (FlacFileWriter writer = new FlacFileWriter(file, SampleFormat.DEFAULT)) {
      writer.write(samples, 0, seconds * RATE, 0);
      writer.finish();
    }
    return file;
  }
}
