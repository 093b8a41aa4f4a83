package dev.tutti.audio.fallback;

import dev.tutti.api.audio.SampleFormat;
import java.util.List;

/**
 * What a pack is and where it stands: enough to play it in step with everybody else. Positions come
 * from here, never from a decoder.
 *
 * @param id SHA-256 of the FLAC file, 64 lower-case hex digits
 * @param bytes length of the FLAC file
 * @param frames exact length of the sound
 * @param format of the FLAC file
 * @param parts what it is made of, in order; their lengths add up to {@code frames}
 * @param anchor when its first frame sounds
 * @param fade how stream and pack are crossed
 * @param loudnessLufs integrated, gated; −70 for silence
 */
public record PackManifest(
    String id,
    long bytes,
    long frames,
    SampleFormat format,
    List<Part> parts,
    Anchor anchor,
    FadePlan fade,
    double loudnessLufs) {
  /** FLAC counts frames in 36 bits. */
  public static final long MAX_FRAMES = (1L << 36) - 1;

  /** The longest file. */
  public static final long MAX_BYTES = 4L << 30;

  /** The most parts of a pack. */
  public static final int MAX_PARTS = 1000;

  /** The longest name of a part, in characters. */
  public static final int MAX_NAME = 512;

  /** What silence is said to have. */
  public static final double SILENT_LUFS = -70;

  /**
   * One of the files it was made of.
   *
   * @param name for people; never a path to be opened
   */
  public record Part(String name, long frames) {
    public Part {
      if (name.length() > MAX_NAME) {
        throw new IllegalArgumentException("a part's name has at most " + MAX_NAME + " characters");
      }
      check(frames > 0 && frames <= MAX_FRAMES, "a part of " + frames + " frames");
    }
  }

  /**
   * An instant of one clock.
   *
   * @param clockId tells one clock from another (boot and epoch); empty: no clock is known, and
   *     nobody is in step
   */
  public record Anchor(long micros, String clockId) {
    public Anchor {
      check(clockId.length() <= 128, "a clock id of " + clockId.length() + " characters");
    }
  }

  public PackManifest {
    parts = List.copyOf(parts);
    check(isId(id), "an id that is no SHA-256 in lower-case hex");
    check(bytes > 0 && bytes <= MAX_BYTES, "a file of " + bytes + " bytes");
    check(frames > 0 && frames <= MAX_FRAMES, "a length of " + frames + " frames");
    check(format.bits() == 16 || format.bits() == 24, "samples of " + format.bits() + " bits");
    check(!parts.isEmpty() && parts.size() <= MAX_PARTS, parts.size() + " parts");
    long sum = parts.stream().mapToLong(Part::frames).sum();
    check(sum == frames, "parts of " + sum + " frames in a pack of " + frames);
    check(loudnessLufs >= SILENT_LUFS && loudnessLufs <= 10, loudnessLufs + " LUFS");
    var _ = new Loop(anchor.micros(), format.rate(), frames);
  }

  /** Whether a text is a SHA-256 as packs are named. */
  public static boolean isId(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Where it stands at which instant of the anchor's clock. */
  public Loop loop() {
    return new Loop(anchor.micros(), format.rate(), frames);
  }

  /**
   * The part a frame belongs to.
   *
   * @param frame 0 to {@link #frames} − 1
   */
  public Part partAt(long frame) {
    long end = 0;
    for (Part part : parts) {
      end += part.frames();
      if (frame < end) {
        return part;
      }
    }
    return parts.getLast();
  }

  /** The same pack on another clock, or from another instant on. */
  public PackManifest at(Anchor other) {
    return new PackManifest(id, bytes, frames, format, parts, other, fade, loudnessLufs);
  }

  /** The same pack, crossed in another way. */
  public PackManifest with(FadePlan other) {
    return new PackManifest(id, bytes, frames, format, parts, anchor, other, loudnessLufs);
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException("no pack has " + what);
    }
  }
}
