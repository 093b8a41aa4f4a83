package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.PlayOrder.Repeat;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.TransportCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistSourceTest {
  private static final SampleFormat FORMAT = SampleFormat.DEFAULT;
  private static final int SECOND = 48_000;

  @TempDir Path temp;
  private final LogLines log = new LogLines();
  private Path music = Path.of("");
  private Library library = library(Path.of("nowhere"));
  private PlaylistSource source = source(false, Repeat.NONE, Duration.ZERO);

  @BeforeEach
  void threeTracks() throws IOException {
    music = Files.createDirectory(temp.resolve("music"));
    for (int i = 0; i < 3; i++) {
      Wav.write(track(i), SECOND, Wav.noise(i, SECOND + 100 * i));
    }
    library = library(music);
    library.look();
    source = source(false, Repeat.NONE, Duration.ZERO);
  }

  @AfterEach
  void close() throws IOException {
    source.close();
  }

  @Test
  void tracksFollowEachOtherWithoutAGapBitByBit() throws IOException {
    short[] all = readAll(960);
    assertThat(all)
        .isEqualTo(
            concat(Wav.noise(0, SECOND), Wav.noise(1, SECOND + 100), Wav.noise(2, SECOND + 200)));
  }

  @Test
  void unprocessedBlocksSayHowExactTheyAre() throws IOException {
    AudioBlock block = new AudioBlock(2, 960);
    source.read(block);
    assertThat(block.exactBits()).isEqualTo(16);
  }

  @Test
  void aTokenLeadsBackToTheSameSamples() throws IOException {
    read(30_000);
    String token = source.position();
    short[] once = read(40_000);
    source.reposition(token);
    assertThat(read(40_000)).isEqualTo(once);
  }

  @Test
  void aTokenLeadsBackToTheSameSamplesWhenResampled() throws IOException {
    Wav.write(music.resolve("0.wav"), 44_100, Wav.sine(997, 44_100, 88_200, 0.5));
    library.look();
    source.reposition(Place.startOf("0/0.wav", 0).token());
    read(31_111);
    String token = source.position();
    short[] once = read(20_000);
    source.reposition(token);
    assertThat(read(20_000)).isEqualTo(once);
  }

  @Test
  void nextSeenFromATokenIsTheTrackAfterItsTrack() throws IOException {
    read(10);
    String second = source.navigate(source.position(), new TransportCommand.Next()).orElseThrow();
    String third = source.navigate(second, new TransportCommand.Next()).orElseThrow();
    assertThat(Place.parse(third)).map(Place::id).contains("0/c.wav");
    assertThat(source.navigate(third, new TransportCommand.Next())).isEmpty();
    source.reposition(third);
    assertThat(read(500)).isEqualTo(Arrays.copyOf(Wav.noise(2, SECOND + 200), 1000));
  }

  @Test
  void previousRestartsATrackThatHasPlayedForAWhile() throws IOException {
    String late = new Place(4L * SECOND, 0, 0, "0/b.wav").token();
    String early = new Place(SECOND, 0, 0, "0/b.wav").token();
    assertThat(source.navigate(late, new TransportCommand.Previous()))
        .map(t -> Place.parse(t).orElseThrow().id())
        .contains("0/b.wav");
    assertThat(source.navigate(early, new TransportCommand.Previous()))
        .map(t -> Place.parse(t).orElseThrow().id())
        .contains("0/a.wav");
  }

  @Test
  void previousPassesATrackThatCannotBePlayed() throws IOException {
    Files.writeString(track(1), "no audio at all");
    library.look();
    readAll(960);
    assertThat(source.position()).contains("c.wav");
    String early = new Place(SECOND, 0, 0, "0/c.wav").token();
    assertThat(source.navigate(early, new TransportCommand.Previous()))
        .map(t -> Place.parse(t).orElseThrow().id())
        .contains("0/a.wav");
  }

  @Test
  void seekGoesToTheFrame() throws IOException {
    read(10);
    String half =
        source
            .navigate(source.position(), new TransportCommand.Seek(Duration.ofMillis(500)))
            .orElseThrow();
    source.reposition(half);
    assertThat(read(100)).isEqualTo(Arrays.copyOfRange(Wav.noise(0, SECOND), SECOND, SECOND + 200));
  }

  @Test
  void seekBackBeforeTheStartIsTheStart() throws IOException {
    read(10);
    String start =
        source
            .navigate(source.position(), new TransportCommand.SeekBy(Duration.ofSeconds(-30)))
            .orElseThrow();
    assertThat(Place.parse(start)).map(Place::frame).contains(0L);
  }

  @Test
  void jumpGoesToATrackAndRefusesAnUnknownOne() throws IOException {
    assertThat(source.navigate("", new TransportCommand.Jump("0/c.wav")))
        .map(t -> Place.parse(t).orElseThrow().id())
        .contains("0/c.wav");
    assertThatThrownBy(() -> source.navigate("", new TransportCommand.Jump("0/zzz")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0/zzz");
  }

  @Test
  void anUnreadableFileIsNamedOnceAndSkipped() throws IOException {
    Files.writeString(track(1), "this is no audio", StandardCharsets.UTF_8);
    library.look();
    assertThat(readAll(960)).isEqualTo(concat(Wav.noise(0, SECOND), Wav.noise(2, SECOND + 200)));
    source.reposition(Place.startOf("0/b.wav", 0).token());
    assertThat(log.lines.stream().filter(l -> l.contains("b.wav"))).hasSize(1);
  }

  @Test
  void whenNothingCanBePlayedItSaysSo() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.writeString(track(i), "this is no audio", StandardCharsets.UTF_8);
    }
    library.look();
    assertThatThrownBy(() -> read(10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(music.toString());
  }

  @Test
  void aFolderThatVanishesAndComesBackGoesOnWhereItWas() throws IOException {
    read(20_000);
    String token = source.position();
    Path away = temp.resolve("away");
    Files.move(music, away);
    library.look();
    assertThatThrownBy(() -> source.reposition(token))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not there");
    Files.move(away, music);
    library.look();
    source.reposition(token);
    assertThat(read(100)).isEqualTo(Arrays.copyOfRange(Wav.noise(0, SECOND), 40_000, 40_200));
  }

  @Test
  void aNewFileIsPlayedWithoutARestart() throws IOException {
    read(100);
    Wav.write(music.resolve("d.wav"), SECOND, Wav.noise(9, 500));
    library.look();
    short[] all = readAll(960);
    assertThat(Arrays.copyOfRange(all, all.length - 1000, all.length)).isEqualTo(Wav.noise(9, 500));
  }

  @Test
  void theEndOfTheListIsRestAndRepeatAllGoesOn() throws IOException {
    source.reposition(new Place(SECOND + 199, 0, 0, "0/c.wav").token());
    assertThat(readAll(960)).hasSize(2);
    source = source(false, Repeat.ALL, Duration.ZERO);
    source.reposition(new Place(SECOND + 199, 0, 0, "0/c.wav").token());
    assertThat(read(3)).endsWith(Arrays.copyOf(Wav.noise(0, SECOND), 4));
  }

  @Test
  void skippingAheadEndsWhereReadingWouldHave() throws IOException {
    read(100);
    assertThat(source.skipFrames(SECOND + 50)).isTrue();
    assertThat(read(10)).isEqualTo(Arrays.copyOfRange(Wav.noise(1, SECOND + 100), 300, 320));
  }

  @Test
  void withCrossfadeOneTrackFadesIntoTheNext() throws IOException {
    Wav.write(track(0), SECOND, Wav.sine(440, SECOND, SECOND, 0.4));
    Wav.write(track(1), SECOND, Wav.sine(660, SECOND, SECOND, 0.4));
    Files.delete(track(2));
    library.look();
    source = source(false, Repeat.NONE, Duration.ofMillis(500));
    short[] all = readAll(960);
    assertThat(all).hasSize(2 * (SECOND + SECOND / 2));
    for (int i = 2; i < all.length; i++) {
      assertThat(Math.abs(all[i] - all[i - 2])).as("step at sample %s", i).isLessThan(2600);
    }
  }

  @Test
  void shuffleAndRepeatAreRemembered() throws IOException {
    read(10);
    source.navigate(source.position(), new TransportCommand.SetShuffle(true));
    source.navigate(source.position(), new TransportCommand.SetRepeat(Repeat.TRACK));
    assertThat(source.order()).isEqualTo(new dev.tutti.api.audio.PlayOrder(true, Repeat.TRACK));
  }

  private Path track(int number) {
    return music.resolve((char) ('a' + number) + ".wav");
  }

  private Library library(Path root) {
    return new Library(
        List.of(root), List.of(), new MemoryCell<>(LibraryIndex.EMPTY), new TagReader(), log);
  }

  private PlaylistSource source(boolean shuffle, Repeat repeat, Duration crossfade) {
    return new PlaylistSource(
        library,
        new MemoryCell<>(new Mode(shuffle, repeat, 1)),
        new GainPolicy(false, -16),
        FORMAT,
        crossfade,
        new SplittableRandom(1));
  }

  private short[] read(int frames) throws IOException {
    AudioBlock block = new AudioBlock(2, frames);
    while (block.free() > 0 && source.read(block)) {
      // until it is full
    }
    return shorts(block);
  }

  private short[] readAll(int blockFrames) throws IOException {
    short[] all = new short[0];
    AudioBlock block = new AudioBlock(2, blockFrames);
    while (source.read(block.clear())) {
      all = concat(all, shorts(block));
    }
    return all;
  }

  private static short[] shorts(AudioBlock block) {
    short[] out = new short[block.frames() * 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) Math.round(block.samples()[i] * 32_768);
    }
    return out;
  }

  private static short[] concat(short[]... parts) {
    int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    short[] all = new short[length];
    int at = 0;
    for (short[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
