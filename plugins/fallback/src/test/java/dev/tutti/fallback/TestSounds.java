package dev.tutti.fallback;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.flac.FlacFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tones as files. */
final class TestSounds {
  private TestSounds() {}

  /** A sine of 440 Hz. */
  static float[] tone(int rate, int channels, double seconds, double amplitude) {
    float[] samples = new float[(int) (seconds * rate) * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * 440 * (i / channels) / rate + 1));
    }
    return samples;
  }

  static Path flac(Path file, double seconds, double amplitude) throws IOException {
    try (FlacFileWriter writer = new FlacFileWriter(file, SampleFormat.DEFAULT)) {
      float[] samples = tone(48_000, 2, seconds, amplitude);
      writer.write(samples, 0, samples.length / 2, 0);
      writer.finish();
    }
    return file;
  }

  /** A WAV of 44100 Hz, mono. */
  static byte[] wav(double seconds, double amplitude) {
    float[] samples = tone(44_100, 1, seconds, amplitude);
    ByteBuffer wav = ByteBuffer.allocate(44 + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length * 2);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(44_100).putInt(88_200);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length * 2);
    for (float sample : samples) {
      wav.putShort((short) Math.round(sample * 32_767));
    }
    return wav.array();
  }

  /** Writes an archive. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  static byte[] bytes(Writer writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    return out.toByteArray();
  }
}
