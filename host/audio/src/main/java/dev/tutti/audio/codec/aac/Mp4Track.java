package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.aac.Mp4Boxes.Box;
import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The AAC track of an MP4 file.
 *
 * @param config AudioSpecificConfig
 * @param timeScale units per second in which {@code skip} and {@code length} count
 * @param skip what to leave out at the beginning
 * @param length what is to be heard, if known
 */
record Mp4Track(
    ByteFile file,
    byte[] config,
    Mp4SampleTable table,
    long timeScale,
    long skip,
    OptionalLong length)
    implements AccessUnits {
  private static final int MAX_UNIT_BYTES = 64 * 1024;

  @Override
  public int count() {
    return table.sizes().length;
  }

  @Override
  public Optional<byte[]> read(int unit) throws IOException {
    if (unit >= count()) {
      return Optional.empty();
    }
    int size = table.sizes()[unit];
    file.position(table.places()[unit]);
    if (size > MAX_UNIT_BYTES) {
      return Optional.of(new byte[0]);
    }
    if (size > file.remaining()) {
      return Optional.empty();
    }
    return Optional.of(file.readBytes(size));
  }

  /**
   * Reads the file's index.
   *
   * @return empty if this is no MP4 file
   * @throws IOException if it is one without AAC, or damaged
   */
  static Optional<Mp4Track> read(ByteFile in) throws IOException {
    if (in.size() < 16) {
      return Optional.empty();
    }
    in.position(4);
    if (!Mp4Boxes.letters(in.readBytes(4)).equals("ftyp")) {
      return Optional.empty();
    }
    Mp4Boxes boxes = new Mp4Boxes(in);
    Box movie =
        boxes.between(0, in.size()).stream()
            .filter(box -> box.type().equals("moov"))
            .findFirst()
            .orElseThrow(() -> in.unreadable("is MP4, but its index is missing (cut off?)"));
    String other = "no sound";
    for (Box box : boxes.between(movie.bodyAt(), movie.end())) {
      Optional<Box> table = boxes.find(box, "mdia", "minf", "stbl");
      Optional<Box> media = boxes.find(box, "mdia", "mdhd");
      if (!box.type().equals("trak") || table.isEmpty() || media.isEmpty()) {
        continue;
      }
      Optional<Mp4SampleEntry> entry = Mp4SampleEntry.read(in, boxes, table.get());
      if (entry.isPresent() && entry.get().isAac()) {
        return Optional.of(read(in, boxes, movie, box, entry.get().config()));
      }
      other = entry.map(Mp4SampleEntry::codec).orElse(other);
    }
    throw in.unreadable("is MP4 with " + other + ", not AAC (FFmpeg may play it)");
  }

  private static Mp4Track read(ByteFile in, Mp4Boxes boxes, Box movie, Box track, byte[] config)
      throws IOException {
    Box stbl = boxes.find(track, "mdia", "minf", "stbl").orElseThrow(in::truncated);
    Mp4SampleTable table = Mp4SampleTable.read(in, boxes, stbl);
    if (table.sizes().length == 0) {
      throw in.unreadable("is MP4 in fragments or without sound");
    }
    long scale = timeScale(in, boxes.find(track, "mdia", "mdhd").orElseThrow(in::truncated));
    Optional<GaplessTag> tag = GaplessTag.read(in, boxes, movie);
    if (tag.isPresent()) {
      return new Mp4Track(
          in, config, table, scale, tag.get().delay(), OptionalLong.of(tag.get().length()));
    }
    Optional<Box> head = boxes.find(movie, "mvhd");
    long movieScale = head.isPresent() ? timeScale(in, head.get()) : scale;
    Optional<Mp4Edit> edit = Mp4Edit.read(in, boxes, track);
    long skip = edit.map(Mp4Edit::mediaTime).orElse(0L);
    long rest = Math.max(0, table.duration() - skip);
    long length = edit.map(e -> Math.min(rest, e.lengthAtMost(scale, movieScale))).orElse(rest);
    return new Mp4Track(in, config, table, scale, skip, OptionalLong.of(length));
  }

  /** The number after the two dates, which take 4 or 8 bytes each. */
  private static long timeScale(ByteFile in, Box header) throws IOException {
    in.position(header.bodyAt());
    int version = in.u8();
    in.skip(version == 1 ? 19 : 11);
    long scale = in.u32be();
    if (scale == 0) {
      throw in.unreadable("is MP4, but has no time scale");
    }
    return scale;
  }

  /** An edit list of one entry: where the sound begins, and for how long. */
  private record Mp4Edit(long mediaTime, long movieDuration) {
    static Optional<Mp4Edit> read(ByteFile in, Mp4Boxes boxes, Box track) throws IOException {
      Optional<Box> list = boxes.find(track, "edts", "elst");
      if (list.isEmpty() || list.get().size() < 20) {
        return Optional.empty();
      }
      in.position(list.get().bodyAt());
      boolean wide = in.u8() == 1;
      in.skip(3);
      long entries = in.u32be();
      long duration = wide ? in.u64be() : in.u32be();
      long time = wide ? in.u64be() : (int) in.u32be();
      return entries == 1 && time >= 0 && duration > 0
          ? Optional.of(new Mp4Edit(time, duration))
          : Optional.empty();
    }

    /** Rounded up: the movie's clock is often coarser than the track's. */
    long lengthAtMost(long scale, long movieScale) {
      double seconds = (movieDuration + 1.0) / movieScale;
      return (long) Math.min(Long.MAX_VALUE / 4.0, seconds * scale);
    }
  }
}
