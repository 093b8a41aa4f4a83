package dev.tutti.feeds.fifo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.feeds.CollectingWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real named pipe, a real thread that reads it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(30)
class PipeSourceTest {
  private static final SampleFormat CD = SampleFormat.parse("48000:16:2");
  private static final Posix POSIX = Posix.ofSystem();
  private static final long SEED = 11;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final Set<Path> reading = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Throwable> ended = new AtomicReference<>();
  private CollectingWriter writer = new CollectingWriter(CD);
  private Thread thread = new Thread(() -> {});

  private Path pipe() {
    return folder.resolve("snapfifo");
  }

  private void play(String options, SampleFormat format) {
    PipeOptions parsed = PipeOptions.of(SourceUri.parse("pipe://" + pipe() + options));
    writer = new CollectingWriter(format);
    PipeSource source = new PipeSource(parsed, format, POSIX, System.getLogger("pipe"), reading);
    thread =
        Thread.ofPlatform()
            .name("source-test")
            .start(() -> {
              try {
                source.capture(writer);
              } catch (IOException | InterruptedException e) {
                ended.set(e);
              }
            });
  }

  @AfterEach
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void awaitPipe() {
    await().until(() -> Files.exists(pipe()));
  }

  private void awaitFrames(int frames) {
    await().until(() -> writer.frames() >= frames);
  }

  private byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return noise;
  }

  private static float[] floats16(byte[] pcm) {
    ByteBuffer in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    float[] out = new float[pcm.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = in.getShort() / 32768f;
    }
    return out;
  }

  private void feed(byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(pipe())) {
      out.write(bytes);
    }
  }

  @Test
  void createsThePipeAndDeliversWhatIsWrittenBitByBit() throws IOException {
    play("?name=a", CD);
    awaitPipe();
    byte[] pcm = noise(4 * 48_000);
    feed(pcm);
    awaitFrames(48_000);
    assertThat(writer.samples()).as("seed %d", SEED).isEqualTo(floats16(pcm));
    assertThat(writer.exactBits()).isEqualTo(16);
  }

  @Test
  void aWriterDoesNotNoticeThatOneReaderFollowsAnother() throws Exception {
    play("?name=a", CD);
    awaitPipe();
    byte[] pcm = noise(4 * 6000);
    try (OutputStream out = Files.newOutputStream(pipe())) {
      out.write(pcm, 0, 4 * 2000);
      awaitFrames(2000);
      assertThat(reading).containsExactly(pipe());
      assertThat(writer.samples()).isEqualTo(floats16(Arrays.copyOfRange(pcm, 0, 4 * 2000)));
      try (Closeable kept = Fifo.keptOpen(pipe())) {
        assertThat(kept).isInstanceOf(FileChannel.class);
        stop();
        assertThat(reading).isEmpty();
        out.write(pcm, 4 * 2000, 4 * 2000);
        play("?name=a", CD);
        awaitFrames(2000);
      }
      out.write(pcm, 4 * 4000, 4 * 2000);
      awaitFrames(4000);
    }
    assertThat(writer.samples()).isEqualTo(floats16(Arrays.copyOfRange(pcm, 4 * 2000, 4 * 6000)));
  }

  @Test
  void readsInPiecesOfOneChunk() throws IOException {
    play("?name=a&chunk_ms=10", CD);
    awaitPipe();
    feed(noise(4 * 48_000));
    awaitFrames(48_000);
    assertThat(writer.largestBlock()).isEqualTo(480);
  }

  @Test
  void bytesMayComeInAnyPortions() throws IOException {
    play("?name=a", CD);
    awaitPipe();
    byte[] pcm = noise(4 * 10_000);
    try (OutputStream out = Files.newOutputStream(pipe())) {
      for (int at = 0; at < pcm.length; ) {
        int count = Math.min(pcm.length - at, 1 + random.nextInt(97));
        out.write(pcm, at, count);
        at += count;
      }
    }
    awaitFrames(10_000);
    assertThat(writer.samples()).as("seed %d", SEED).isEqualTo(floats16(pcm));
  }

  @Test
  void feedersComeAndGoAndEachBeginsAtAFrame() throws IOException {
    play("?name=a", CD);
    awaitPipe();
    byte[] first = noise(4 * 1000 + 3); // breaks off in the middle of a frame
    feed(first);
    await().until(() -> writer.rests() == 1);
    byte[] second = noise(4 * 1000);
    feed(second);
    await().until(() -> writer.rests() == 2);
    float[] both = Arrays.copyOf(floats16(first), 4000);
    System.arraycopy(floats16(second), 0, both, 2000, 2000);
    assertThat(writer.samples()).isEqualTo(both);
  }

  @Test
  void aPipeThatIsMadeLaterIsFound() throws IOException {
    play("?name=a&mode=read", CD);
    await().until(() -> thread.getState() == Thread.State.RUNNABLE);
    assertThat(Files.exists(pipe())).isFalse();
    Fifo.create(POSIX, pipe());
    feed(noise(400));
    awaitFrames(100);
    assertThat(writer.frames()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "read"})
  void aPipeThatIsDeletedAndMadeAnewIsFoundAgain(String mode) throws IOException {
    Fifo.create(POSIX, pipe());
    play("?name=a&mode=" + mode, CD);
    feed(noise(400));
    awaitFrames(100);
    Files.delete(pipe());
    if (mode.equals("read")) {
      Fifo.create(POSIX, pipe());
    } else {
      awaitPipe();
    }
    await().until(() -> writer.rests() >= 2); // the feeder went, then the pipe
    feed(noise(400));
    awaitFrames(200);
    assertThat(writer.frames()).isEqualTo(200);
  }

  @Test
  void twentyFourBitsComeInFourBytes() throws IOException {
    play("?name=a", SampleFormat.parse("96000:24:1"));
    awaitPipe();
    ByteBuffer pcm = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    pcm.putInt(8_388_607).putInt(-8_388_608).putInt(1);
    feed(pcm.array());
    awaitFrames(3);
    assertThat(writer.samples()).containsExactly(8_388_607 / 8_388_608f, -1f, 1 / 8_388_608f);
    assertThat(writer.exactBits()).isEqualTo(24);
  }

  @Test
  void aWavHeaderIsSkipped() throws IOException {
    play("?name=a", CD);
    awaitPipe();
    byte[] pcm = noise(400);
    try (OutputStream out = Files.newOutputStream(pipe())) {
      out.write(header(48_000, 16, 2));
      out.write(pcm);
    }
    awaitFrames(100);
    assertThat(writer.samples()).isEqualTo(floats16(pcm));
  }

  @Test
  void aWavOfAnotherFormatIsRefusedWithASentence() throws IOException {
    play("?name=a", CD);
    awaitPipe();
    feed(header(44_100, 16, 2));
    await().until(() -> ended.get() != null);
    assertThat(ended.get())
        .hasMessageContaining("44100:16:2")
        .hasMessageContaining("give it the same sampleformat");
  }

  private static byte[] header(int rate, int bits, int channels) {
    int frame = bits / 8 * channels;
    ByteBuffer h = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    h.put("RIFF".getBytes(US_ASCII)).putInt(-1).put("WAVEfmt ".getBytes(US_ASCII)).putInt(16);
    h.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * frame);
    h.putShort((short) frame).putShort((short) bits).put("data".getBytes(US_ASCII)).putInt(-1);
    return h.array();
  }

  @Test
  void whatIsNoPipeIsRefusedWithASentence() throws IOException {
    Files.writeString(pipe(), "a file");
    play("?name=a", CD);
    await().until(() -> ended.get() != null);
    assertThat(ended.get()).hasMessageContaining("is no named pipe");
  }

  @Test
  void endsWhenInterruptedWhileNobodyWrites() throws InterruptedException {
    play("?name=a", CD);
    awaitPipe();
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(2))).isTrue();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aPipeWhoseFeederHasGoneIsQuietSoThatWaitingTakesNoProcessorTime() throws IOException {
    Fifo.create(POSIX, pipe());
    try (Fifo fifo = Fifo.open(POSIX, pipe(), 64).orElseThrow()) {
      assertThat(fifo.quiet()).as("before the first feeder").isTrue();
      OutputStream feeder = Files.newOutputStream(pipe());
      feeder.write(1);
      feeder.close();
      assertThat(fifo.quiet()).as("with something to read").isFalse();
      assertThat(fifo.read(new byte[64], 0, 64, 0)).isEqualTo(1);
      assertThat(fifo.read(new byte[64], 0, 64, 0)).isEqualTo(Fifo.END);
      assertThat(fifo.quiet()).as("after its end").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pipe://tmp/x", "pipe:///", "pipe:///tmp/x?mode=write", "pipe:///tmp/%00"})
  void anAddressThatCannotBeIsRefusedWithASentence(String uri) {
    assertThatThrownBy(() -> PipeOptions.of(SourceUri.parse(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".{15,}");
  }
}
