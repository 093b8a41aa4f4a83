package dev.tutti.player.output;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A recording, which goes on in the format it began with whatever streams follow: whoever reads it
 * is told of no change. What cannot be written ends it. For the playing thread.
 */
public final class OpenedOnce implements OutputSpec {
  private final OutputSpec spec;
  private @Nullable Output opened;

  public OpenedOnce(OutputSpec spec) {
    this.spec = spec;
  }

  @Override
  public Output open(SampleFormat wanted, LongSupplier clock) throws IOException {
    Output output = opened;
    if (output == null) {
      output = spec.open(wanted, clock);
      opened = output;
    }
    return new Kept(output);
  }

  /** Is not closed with a stream, but with the program. */
  private record Kept(Output output) implements Output {
    @Override
    public SampleFormat format() {
      return output.format();
    }

    @Override
    public int periodFrames() {
      return output.periodFrames();
    }

    @Override
    public boolean exact() {
      return output.exact();
    }

    @Override
    public String description() {
      return output.description();
    }

    @Override
    public void awaitRoom() throws IOException, InterruptedException {
      output.awaitRoom();
    }

    @Override
    public double delayFrames() throws IOException {
      return output.delayFrames();
    }

    @Override
    public long readAtMicros() {
      return output.readAtMicros();
    }

    @Override
    public double readWithinMicros() {
      return output.readWithinMicros();
    }

    @Override
    public void write(byte[] pcm, int frames) throws IOException {
      try {
        output.write(pcm, frames);
      } catch (IOException e) {
        throw new OutputGoneException(
            "nothing more can be written to " + output.description() + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {}
  }
}
