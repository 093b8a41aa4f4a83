package dev.tutti.snapcast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each message against bytes that snapserver and snapclient understand. */
class GoldenBytesTest {
  private static final long SETTINGS_SENT = 5000_123_456L;
  private static final long SETTINGS_CREATED = 5000_123_400L;
  private static final long HEADER_SENT = 5000_123_500L;
  private static final long HEADER_CREATED = 5000_123_490L;
  private static final long CHUNK_SENT = 5001_000_000L;
  private static final long CHUNK_TIME = 5000_980_000L;

  private static final Hello HELLO =
      new Hello(
          "00:11:22:33:44:55",
          "kitchen",
          "0.34.0",
          "Snapclient",
          "Linux",
          "x86_64",
          1,
          "00:11:22:33:44:55",
          2,
          Optional.empty());

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static void same(ByteBuffer frame, String golden) {
    assertThat(Golden.bytesOf(frame)).isEqualTo(Golden.bytes(golden));
  }

  @Test
  void helloIsWritten() {
    same(HELLO.frame(2, 0, 100_250_000L, 0), "hello");
  }

  @Test
  void helloIsRead() throws Exception {
    assertThat(Golden.message("hello")).isEqualTo(HELLO);
    assertThat(Golden.header("hello")).isEqualTo(new BaseHeader(5, 2, 0, 100_250_000L, 0, 194));
  }

  @Test
  void serverSettingsAreWritten() {
    same(
        new ServerSettings(1000, 0, false, 100).frame(0, 2, SETTINGS_SENT, SETTINGS_CREATED),
        "server-settings");
  }

  @Test
  void serverSettingsAreRead() throws Exception {
    assertThat(Golden.message("server-settings"))
        .isEqualTo(new ServerSettings(1000, 0, false, 100));
    assertThat(Golden.header("server-settings").refersTo()).isEqualTo(2);
  }

  @Test
  void pcmHeaderIsWritten() {
    same(
        CodecHeader.pcm(48_000, 16, 2).frame(0, 0, HEADER_SENT, HEADER_CREATED),
        "codec-header-pcm");
  }

  @Test
  void pcmHeaderOf24BitDiffersInByteRateBlockAlignAndBits() {
    byte[] expected = Golden.bytes("codec-header-pcm");
    System.arraycopy(hex("00 65 04 00 06 00 18 00"), 0, expected, 0x41, 8);
    assertThat(
            Golden.bytesOf(CodecHeader.pcm(48_000, 24, 2).frame(0, 0, HEADER_SENT, HEADER_CREATED)))
        .isEqualTo(expected);
  }

  @Test
  void opusHeaderIsWritten() {
    same(
        CodecHeader.opus(48_000, 16, 2).frame(0, 0, HEADER_SENT, HEADER_CREATED),
        "codec-header-opus");
  }

  @Test
  void flacHeaderIsWritten() {
    byte[] head =
        hex(
            "664c6143 80000022 0480 0480 000000 000000 0bb802f000000000"
                + " 00000000000000000000000000000000");
    same(
        CodecHeader.of("flac", head).frame(0, 0, HEADER_SENT, HEADER_CREATED), "codec-header-flac");
  }

  @Test
  void codecHeadersAreRead() throws Exception {
    assertThat(Golden.message("codec-header-pcm")).isEqualTo(CodecHeader.pcm(48_000, 16, 2));
    assertThat(Golden.message("codec-header-opus")).isEqualTo(CodecHeader.opus(48_000, 16, 2));
    assertThat(Golden.message("codec-header-flac"))
        .isInstanceOfSatisfying(
            CodecHeader.class,
            h -> {
              assertThat(h.codec()).isEqualTo("flac");
              assertThat(h.header().remaining()).isEqualTo(42);
            });
  }

  @Test
  void timeRequestIsReadAndWritten() throws Exception {
    assertThat(Golden.message("time-request")).isEqualTo(new Time(0));
    same(new Time(0).frame(3, 0, 100_300_000L, 0), "time-request");
  }

  @Test
  void timeReplyIsWrittenInPlace() {
    ByteBuffer out = ByteBuffer.allocate(Time.FRAME_BYTES);
    Time.putReply(out, 3, 100_300_000L, 5000_173_500L, 5000_173_520L);
    same(out.flip(), "time-reply");
  }

  @Test
  void timeReplyIsRead() throws Exception {
    assertThat(Golden.message("time-reply")).isEqualTo(new Time(4899_873_500L));
    assertThat(Golden.header("time-reply"))
        .isEqualTo(new BaseHeader(4, 3, 3, 5000_173_520L, 5000_173_500L, 8));
  }

  @Test
  void negativeLatencyIsNormalisedDownwards() throws Exception {
    byte[] payload = new Time(5000_250_000L - 8000_750_000L).payload();
    assertThat(payload).isEqualTo(hex("47 F4 FF FF 20 A1 07 00"));
    assertThat(Message.decode(Time.TYPE, ByteBuffer.wrap(payload)))
        .isEqualTo(new Time(-3000_500_000L));
  }

  @Test
  void pcmChunkIsWritten() {
    same(chunk("01 00 ff ff 00 01 00 ff").frame(0, 0, CHUNK_SENT, CHUNK_SENT), "wire-chunk-pcm");
  }

  @Test
  void opusChunkIsWritten() {
    same(chunk("fc ff fe").frame(0, 0, CHUNK_SENT, CHUNK_SENT), "wire-chunk-opus");
  }

  @Test
  void flacChunkIsWritten() {
    same(
        chunk("ff f8 3a 18 00 13 00 00 00 00 00 00 c8 ce").frame(0, 0, CHUNK_SENT, CHUNK_SENT),
        "wire-chunk-flac");
  }

  @Test
  void chunkHeadIsWrittenInPlace() {
    ByteBuffer out = ByteBuffer.allocate(WireChunk.HEAD_BYTES + 3);
    WireChunk.putHead(out, CHUNK_SENT, CHUNK_TIME, 3);
    same(out.put(hex("fc ff fe")).flip(), "wire-chunk-opus");
  }

  @Test
  void chunkIsRead() throws Exception {
    assertThat(Golden.message("wire-chunk-pcm")).isEqualTo(chunk("01 00 ff ff 00 01 00 ff"));
  }

  @Test
  void clientInfoIsReadAndWritten() throws Exception {
    assertThat(Golden.message("client-info")).isEqualTo(new ClientInfo(42, false));
    BaseHeader header = Golden.header("client-info");
    same(
        new ClientInfo(42, false).frame(0, 0, header.sentMicros(), header.receivedMicros()),
        "client-info");
  }

  @Test
  void errorIsReadAndWritten() throws Exception {
    ErrorMessage error = new ErrorMessage(401, "Unauthorized", "Authentication required");
    assertThat(Golden.message("error-401")).isEqualTo(error);
    same(error.frame(0, 2, SETTINGS_SENT, SETTINGS_CREATED), "error-401");
  }

  @Test
  void oggHeadTravelsAsTheEncoderGaveIt() throws Exception {
    byte[] page = Golden.bytes("ogg-first-page");
    byte[] payload = CodecHeader.of("ogg", page).payload();
    assertThat(Message.decode(CodecHeader.TYPE, ByteBuffer.wrap(payload)))
        .isEqualTo(CodecHeader.of("ogg", page));
  }

  private static WireChunk chunk(String data) {
    return new WireChunk(CHUNK_TIME, ByteBuffer.wrap(hex(data)));
  }
}
