package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.EqBand;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.measure.Click;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.WireChunk;
import io.github.jaredmdobson.concentus.OpusDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears whose mix changes while it plays: no click (issue 3 item 6). */
class ForkSoundTest {
  private static final SampleFormat FORMAT = SampleFormat.DEFAULT;

  @TempDir Path folder;

  private static float chord(long frame, int channel) {
    double t = frame / 48_000.0;
    double level = channel == 0 ? 0.2 : 0.15;
    return (float)
        (level
            * (Math.sin(2 * Math.PI * 110 * t)
                + Math.sin(2 * Math.PI * 277.2 * t)
                + Math.sin(2 * Math.PI * 659.3 * t)));
  }

  private static House house(String codec) {
    House house = new House();
    house.stream("music", new Painted(FORMAT, codec, house::now, ForkSoundTest::chord));
    return house;
  }

  private static Place place(MixSettings mix) {
    return new Place("music", 100, false, 0, mix);
  }

  private static MixSettings mix(String channels, double gainDb, double delayMs, EqBand... bands) {
    return new MixSettings(ChannelRoute.parse(channels), gainDb, delayMs, List.of(bands));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "opus"})
  void noChangeOfAMixClicks(String codec) throws Exception {
    House house = house(codec);
    House.Client bath = house.join("bath");
    house.run(1_000_000);
    for (MixSettings mix :
        List.of(
            mix("stereo", -9, 0),
            mix("mono", 0, 0),
            mix("swap", 0, 17.3),
            mix("stereo", 0, 0, new EqBand(EqBand.Kind.PEAK, 277, 9, 2)),
            mix("left", -3, 4.2, new EqBand(EqBand.Kind.HIGH_PASS, 200, 0, 0.7)),
            MixSettings.NONE)) {
      house.place("bath", place(mix));
      house.run(1_500_000);
    }

    assertThat(Click.find(heard(bath, codec), 2)).isEmpty();
    assertThat(house.encodersOpened()).isGreaterThan(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "opus"})
  void aSoundThatComesAndGoesDoesNotClick(String codec) throws Exception {
    House house = house(codec);
    House.Client bath = house.join("bath");
    house.run(2_000_000);
    float[] gong = new float[2 * 96_000];
    for (int i = 0; i < gong.length; i++) {
      double envelope = Math.sin(Math.PI * i / gong.length);
      gong[i] = (float) (0.3 * envelope * Math.sin(2 * Math.PI * 440 * (i / 2) / 48_000.0));
    }
    Set<String> ids = Set.of("bath");
    long start = house.server().sessions().soonestMicros(ids, house.now()) + 300_000;
    house
        .server()
        .sessions()
        .play(
            new Overlay(
                1,
                new Sound(new AudioClip(48_000, 2, gong)),
                start,
                1,
                0.25,
                300_000,
                500_000,
                false),
            ids,
            house.now());
    house.run(6_000_000);

    assertThat(Click.find(heard(bath, codec), 2)).isEmpty();
    assertThat(house.encodersOpened()).isEqualTo(2);
  }

  /** Decoded as a stock client does: one decoder, all chunks. */
  private float[] heard(House.Client client, String codec) throws Exception {
    List<CodecHeader> headers = client.outlet.all(CodecHeader.class);
    assertThat(headers).hasSize(1);
    List<WireChunk> chunks = client.outlet.all(WireChunk.class);
    return switch (codec) {
      case "pcm" -> pcm(chunks);
      case "opus" -> opus(chunks);
      default -> flac(headers.getFirst(), chunks);
    };
  }

  private static byte[] bytes(WireChunk chunk) {
    byte[] data = new byte[chunk.data().remaining()];
    chunk.data().get(chunk.data().position(), data);
    return data;
  }

  private static float[] pcm(List<WireChunk> chunks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(chunk -> all.writeBytes(bytes(chunk)));
    var in = java.nio.ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[in.remaining() / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = in.getShort() / 32_768f;
    }
    return samples;
  }

  private static float[] opus(List<WireChunk> chunks) throws Exception {
    OpusDecoder decoder = new OpusDecoder(48_000, 2);
    short[] pcm = new short[chunks.size() * 960 * 2];
    for (int i = 0; i < chunks.size(); i++) {
      byte[] packet = bytes(chunks.get(i));
      decoder.decode(packet, 0, packet.length, pcm, i * 960 * 2, 960, false);
    }
    float[] samples = new float[pcm.length];
    for (int i = 0; i < pcm.length; i++) {
      samples[i] = pcm[i] / 32_768f;
    }
    return samples;
  }

  private float[] flac(CodecHeader header, List<WireChunk> chunks) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] head = new byte[header.header().remaining()];
    header.header().duplicate().get(head);
    all.writeBytes(head);
    chunks.forEach(chunk -> all.writeBytes(bytes(chunk)));
    Path file = Files.write(folder.resolve("heard.flac"), all.toByteArray());
    float[] samples = new float[0];
    try (Decoder decoder = Decoders.open(file)) {
      AudioBlock block = new AudioBlock(2, 4096);
      while (decoder.read(block.clear())) {
        int length = samples.length;
        samples = Arrays.copyOf(samples, length + 2 * block.frames());
        System.arraycopy(block.samples(), 0, samples, length, 2 * block.frames());
      }
    }
    assertThat(samples).hasSize(chunks.size() * 960 * 2);
    return samples;
  }
}
