package dev.tutti.feeds.process;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import dev.tutti.audio.dsp.FormatConverter;

/** Takes audio of one format and writes it on in another. Used by one thread. */
final class ConvertingWriter implements AudioWriter {
  private static final int FRAMES = 1024;

  private final SampleFormat from;
  private final AudioWriter to;
  private final AudioBlock converted;
  private FormatConverter converter;

  ConvertingWriter(SampleFormat from, AudioWriter to) {
    this.from = from;
    this.to = to;
    this.converted = new AudioBlock(to.format().channels(), FRAMES);
    this.converter = converter();
  }

  private FormatConverter converter() {
    SampleFormat out = to.format();
    return new FormatConverter(from.rate(), from.channels(), out.rate(), out.channels());
  }

  @Override
  public SampleFormat format() {
    return from;
  }

  @Override
  public void write(AudioBlock block) throws InterruptedException {
    int exact = from.rate() == to.format().rate() ? block.exactBits() : 0;
    for (int taken = 0; taken < block.frames(); ) {
      taken += converter.feed(block, taken);
      drain(exact);
    }
  }

  private void drain(int exactBits) throws InterruptedException {
    while (converter.drain(converted.clear()) > 0) {
      to.write(converted.exactBits(exactBits));
    }
  }

  @Override
  public void rest() {
    converter = converter();
    to.rest();
  }

  @Override
  public void track(Track track) {
    to.track(track);
  }

  @Override
  public long queuedFrames() {
    return to.queuedFrames();
  }
}
