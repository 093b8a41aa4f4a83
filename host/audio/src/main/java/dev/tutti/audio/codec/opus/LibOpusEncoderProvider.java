package dev.tutti.audio.codec.opus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** libopus where the system has it: several times faster than pure Java. */
public final class LibOpusEncoderProvider implements EncoderProvider {
  private static final int NATIVE = 10;

  /** As large as Opus's documentation advises for one packet. */
  private static final int MAX_PACKET_BYTES = 4000;

  @Override
  public String codec() {
    return "opus";
  }

  @Override
  public String name() {
    return LibOpus.find().map(LibOpus::version).orElse("libopus");
  }

  @Override
  public int priority() {
    return NATIVE;
  }

  @Override
  public boolean available() {
    return LibOpus.find().isPresent();
  }

  @Override
  public String requirement() {
    return "libopus is not installed: apt install libopus0";
  }

  @Override
  public Encoder open(CodecSpec spec, SampleFormat format, int blockFrames) {
    OpusOptions options = OpusOptions.of(spec);
    OpusOptions.check(format);
    LibOpus library = LibOpus.find().orElseThrow(() -> new IllegalArgumentException(requirement()));
    return new OpusPacketEncoder(new Native(library, options), blockFrames);
  }

  private static final class Native implements OpusPacketEncoder.Codec {
    private final LibOpus library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment samples = arena.allocate(JAVA_FLOAT, 960 * 2);
    private final MemorySegment packet = arena.allocate(MAX_PACKET_BYTES);
    private final MemorySegment encoder;
    private boolean closed;

    Native(LibOpus library, OpusOptions options) {
      this.library = library;
      try {
        this.encoder = library.open(options);
      } catch (RuntimeException refused) {
        arena.close();
        throw refused;
      }
    }

    @Override
    public byte[] encode(float[] block, int frames) {
      MemorySegment.copy(block, 0, samples, JAVA_FLOAT, 0, frames * 2);
      int length = library.encode(encoder, samples, frames, packet);
      return packet.asSlice(0, length).toArray(JAVA_BYTE);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        library.close(encoder);
        arena.close();
      }
    }
  }
}
