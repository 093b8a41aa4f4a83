package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.audio.dsp.Fade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes blocks: of chunks, of silence, and of what is rendered already, faded or crossed. Changes
 * nothing on the timeline; what it mixes are copies. Used by the conductor only.
 */
final class BlockMixer {
  /** Silence needs no more in a stream of 24 bits either, and must not be dithered. */
  private static final int SILENCE_BITS = 16;

  private final SampleFormat format;
  private final BlockGrid grid;
  private final Timeline timeline;
  private final Fade fade;

  BlockMixer(SampleFormat format, BlockGrid grid, Timeline timeline, Fade fade) {
    this.format = format;
    this.grid = grid;
    this.timeline = timeline;
    this.fade = fade;
  }

  /**
   * Chunks as blocks from a number on, crossed with what is rendered there; faded in where that is
   * silence; as they are where they are the same.
   *
   * @param index the border of the first
   * @param joined whether it follows the block before it
   */
  List<Slot> crossed(long at, long index, boolean joined, List<Chunk> fresh) {
    int length = Math.min(fade.frames(), audioFrom(at));
    boolean same = length > 0 && sameFrom(at, fresh, length);
    Fade cross = length == 0 ? fade : new Fade(length, fade.curve());
    List<Slot> slots = new ArrayList<>(fresh.size());
    for (int i = 0; i < fresh.size(); i++) {
      Chunk chunk = fresh.get(i);
      float[] samples = chunk.samples();
      int exactBits = chunk.exactBits();
      int position = i * grid.chunkFrames();
      if (!same && position < cross.frames()) {
        samples = samples.clone();
        exactBits = 0;
        if (length == 0) {
          cross.fadeIn(samples, 0, grid.chunkFrames(), format.channels(), position);
        } else {
          float[] old = kept(at + i).block().samples();
          cross.cross(old, 0, samples, 0, grid.chunkFrames(), format.channels(), position);
        }
      }
      Chunk mixed = new Chunk(samples, exactBits, chunk.marks());
      slots.add(audio(at + i, index + i, i > 0 || joined, mixed));
    }
    return slots;
  }

  /** How many frames of audio, at most a fade's, are rendered from a block on. */
  private int audioFrom(long at) {
    int frames = 0;
    for (long s = at; frames < fade.frames(); s++, frames += grid.chunkFrames()) {
      Slot slot = timeline.slot(s);
      if (s >= timeline.end() || slot == null || slot.block().rest()) {
        break;
      }
    }
    return frames;
  }

  /** Whether the new audio is what is rendered already, so that there is nothing to cross. */
  private boolean sameFrom(long at, List<Chunk> fresh, int frames) {
    int blocks = Math.ceilDiv(frames, grid.chunkFrames());
    for (int i = 0; i < Math.min(blocks, fresh.size()); i++) {
      if (!Arrays.equals(kept(at + i).block().samples(), fresh.get(i).samples())) {
        return false;
      }
    }
    return true;
  }

  /** The blocks from one on, faded out over one fade, and a block of rest. */
  List<Slot> fadedOut(long at, long index) {
    int length = Math.min(fade.frames(), audioFrom(at));
    int blocks = Math.ceilDiv(length, grid.chunkFrames());
    List<Slot> slots = faded(at, blocks, new Fade(length, fade.curve()), 0);
    slots.add(rest(at + blocks, index + blocks, true));
    return slots;
  }

  /**
   * The last blocks, faded out so that silence may follow.
   *
   * @param from the first that may be changed
   * @param frames how many frames from there on are audio
   */
  List<Slot> fadedTail(long from, int frames) {
    int blocks = Math.ceilDiv(frames, grid.chunkFrames());
    int length = Math.min(frames, fade.frames());
    return faded(from, blocks, new Fade(length, fade.curve()), frames - length);
  }

  /**
   * The last blocks, crossed over to another sound.
   *
   * @param from the first that may be changed
   * @param frames how many frames from there on are audio
   * @param other the other sound, block by block
   */
  List<Slot> crossedTail(long from, int frames, List<TimedBlock> other) {
    int length = Math.min(frames, fade.frames());
    Fade in = new Fade(length, fade.curve());
    List<Slot> slots = new ArrayList<>(other.size());
    List<Slot> going = fadedTail(from, frames);
    for (int i = 0; i < other.size(); i++) {
      float[] samples = other.get(i).samples().clone();
      long position = (long) i * grid.chunkFrames() - (frames - length);
      in.fadeIn(samples, 0, grid.chunkFrames(), format.channels(), position);
      Slot old = i < going.size() ? going.get(i) : kept(from + i);
      float[] rest = old.block().samples();
      for (int s = 0; s < samples.length; s++) {
        samples[s] += rest[s];
      }
      slots.add(new Slot(with(old.block(), samples), old.marks()));
    }
    return slots;
  }

  /** A block of a fallback. */
  Slot standIn(long sequence, long index, boolean joined, TimedBlock block) {
    return new Slot(
        new TimedBlock(
            sequence,
            grid.timeOf(index),
            joined,
            block.samples(),
            grid.chunkFrames(),
            block.exactBits(),
            false),
        List.of());
  }

  /** The same block, faded in from a frame of the fade on. */
  TimedBlock fadedIn(TimedBlock block, int position) {
    float[] samples = block.samples().clone();
    fade.fadeIn(samples, 0, grid.chunkFrames(), format.channels(), position);
    return with(block, samples);
  }

  /** Blocks from a number on, faded out from a frame on. */
  private List<Slot> faded(long from, int blocks, Fade out, int atFrame) {
    List<Slot> slots = new ArrayList<>(blocks + 1);
    for (int i = 0; i < blocks; i++) {
      Slot slot = kept(from + i);
      float[] samples = slot.block().samples().clone();
      long position = (long) i * grid.chunkFrames() - atFrame;
      out.fadeOut(samples, 0, grid.chunkFrames(), format.channels(), position);
      slots.add(new Slot(with(slot.block(), samples), slot.marks()));
    }
    return slots;
  }

  /** A block of silence that belongs to a place. */
  Chunk silence(Place place) {
    float[] samples = new float[grid.chunkFrames() * format.channels()];
    return new Chunk(samples, SILENCE_BITS, List.of(new Chunk.Mark(0, place)));
  }

  private Slot kept(long sequence) {
    Slot slot = timeline.slot(sequence);
    if (slot == null) {
      throw new IllegalStateException("block " + sequence + " is not kept");
    }
    return slot;
  }

  /** A block in which the stream rests. */
  Slot rest(long sequence, long index, boolean joined) {
    float[] silence = new float[grid.chunkFrames() * format.channels()];
    long time = grid.timeOf(index);
    return new Slot(
        new TimedBlock(sequence, time, joined, silence, grid.chunkFrames(), SILENCE_BITS, true),
        List.of());
  }

  /** A chunk as a block; the samples belong to it afterwards. */
  Slot audio(long sequence, long index, boolean joined, Chunk chunk) {
    long time = grid.timeOf(index);
    TimedBlock block =
        new TimedBlock(
            sequence, time, joined, chunk.samples(), grid.chunkFrames(), chunk.exactBits(), false);
    return new Slot(block, chunk.marks());
  }

  private static TimedBlock with(TimedBlock b, float[] samples) {
    return new TimedBlock(
        b.sequence(), b.timeMicros(), b.follows(), samples, b.frames(), 0, b.rest());
  }
}
