package dev.tutti.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.net.Fetch;
import dev.tutti.api.net.FetchRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipsTest {
  @TempDir Path home;
  private Path sounds;
  private Path uploads;
  private Clips clips;
  private Optional<Fetch> guard = Optional.of(new FakeFetch());

  @BeforeEach
  void prepare() throws IOException {
    sounds = Files.createDirectory(home.resolve("sounds"));
    uploads = home.resolve("uploads");
    clips = new Clips(sounds, uploads, 2, () -> guard);
  }

  /** Frames with the sample 8192 at 8000 Hz, one channel. */
  static byte[] wav(int frames) {
    ByteBuffer out = ByteBuffer.allocate(44 + 2 * frames).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * frames);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
    out.putShort((short) 1).putInt(8000).putInt(16_000).putShort((short) 2).putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * frames);
    for (int i = 0; i < frames; i++) {
      out.putShort((short) 8192);
    }
    return out.array();
  }

  private static void refused(
      int status, String reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining(reason);
  }

  @Test
  void aFileOfTheFolderIsDecodedWhole() throws IOException {
    Files.write(sounds.resolve("bell.wav"), wav(16_000));

    AudioClip clip = clips.file("bell.wav");

    assertThat(clip.rate()).isEqualTo(8000);
    assertThat(clip.frames()).isEqualTo(16_000);
    assertThat(clip.samples()[15_999]).isEqualTo(0.25f);
  }

  @Test
  void whatFindsNoRoomIsRefusedInOneSentence() throws IOException {
    Files.createFile(uploads);

    refused(507, "what was sent cannot be kept", () -> clips.upload(wav(80)));
  }

  @Test
  void whatWasSentIsDecodedAndNotKept() throws IOException {
    assertThat(clips.upload(wav(800)).frames()).isEqualTo(800);
    assertThatThrownBy(() -> clips.upload(new byte[] {1, 2, 3})).isInstanceOf(HttpException.class);

    try (var left = Files.list(uploads)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatLiesElsewhereIsFetchedThroughTheGuard() throws IOException {
    assertThat(clips.url("https://example.com/bell.wav").frames()).isEqualTo(800);
    refused(403, "not permitted", () -> clips.url("http://127.0.0.1/bell.wav"));
    refused(502, "cannot be had", () -> clips.url("http://down.example.com/bell.wav"));
    refused(400, "no address", () -> clips.url("http://[oops"));
    guard = Optional.empty();
    refused(503, "nothing can be fetched", () -> clips.url("https://example.com/bell.wav"));
  }

  /** Has a sound of 800 frames at each address but two. */
  private static final class FakeFetch implements Fetch {
    @Override
    public Fetched get(Wanted wanted) throws IOException {
      assertThat(wanted.kind()).isEqualTo(Kind.AUDIO);
      switch (wanted.uri().getHost()) {
        case "127.0.0.1" -> throw new FetchRefused("that is not permitted");
        case "down.example.com" -> throw new ConnectException("refused");
        default -> {
          return new Sound(wanted.uri());
        }
      }
    }

    @Override
    public List<InetAddress> permitted(String host) {
      throw new UnsupportedOperationException("not needed here");
    }
  }

  private record Sound(URI uri) implements Fetch.Fetched {
    @Override
    public String mediaType() {
      return "audio/wav";
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(wav(800));
    }

    @Override
    public void close() {}
  }

  @Test
  void nothingOutsideTheFolderIsRead() throws IOException {
    Files.write(home.resolve("secret.wav"), wav(800));
    Files.createSymbolicLink(sounds.resolve("link.wav"), home.resolve("secret.wav"));

    refused(404, "there is no file", () -> clips.file("../secret.wav"));
    refused(404, "there is no file", () -> clips.file(home.resolve("secret.wav").toString()));
    refused(404, "there is no file", () -> clips.file("link.wav"));
    refused(404, "there is no file", () -> clips.file("none.wav"));
    refused(404, "there is no file", () -> clips.file("a\0b"));
    refused(404, "there is no file", () -> clips.file(""));
  }

  @Test
  void whatIsTooLongOrNoSoundIsRefused() throws IOException {
    Files.write(sounds.resolve("long.wav"), wav(16_001));
    Files.writeString(sounds.resolve("list.mp3"), "#EXTM3U\nhttp://127.0.0.1/secret\n");

    refused(413, "longer than 2 s", () -> clips.file("long.wav"));
    refused(422, "list.mp3", () -> clips.file("list.mp3"));
    refused(
        422,
        "what was sent",
        () -> clips.upload("garbage".repeat(99).getBytes(StandardCharsets.US_ASCII)));
    refused(400, "empty", () -> clips.upload(new byte[0]));
  }
}
