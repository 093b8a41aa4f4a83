package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.aac.Mp4Boxes.Box;
import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where the samples of a track lie.
 *
 * @param places in the file
 * @param sizes in bytes
 * @param duration of all, in the track's time scale
 */
record Mp4SampleTable(long[] places, int[] sizes, long duration) {
  private static final int MAX_SAMPLES = 16_000_000;

  static Mp4SampleTable read(ByteFile in, Mp4Boxes boxes, Box table) throws IOException {
    int[] sizes = sizes(in, box(in, boxes, table, "stsz"));
    return new Mp4SampleTable(
        places(in, boxes, table, sizes), sizes, duration(in, box(in, boxes, table, "stts")));
  }

  private static Box box(ByteFile in, Mp4Boxes boxes, Box table, String type) throws IOException {
    return boxes
        .find(table, type)
        .orElseThrow(() -> in.unreadable("is MP4, but its track lacks \"" + type + "\""));
  }

  /** Checks a claimed number of entries against the box they are said to be in. */
  private static int entries(ByteFile in, Box box, int headBytes, int entryBytes)
      throws IOException {
    long count = in.u32be();
    if (count > (box.size() - headBytes) / entryBytes || count > MAX_SAMPLES) {
      throw in.unreadable("is MP4, but \"" + box.type() + "\" lies about its size");
    }
    return (int) count;
  }

  private static int[] sizes(ByteFile in, Box box) throws IOException {
    in.position(box.bodyAt() + 4);
    long all = in.u32be();
    if (all != 0) {
      long count = in.u32be();
      if (count > MAX_SAMPLES || count > in.size() / all) {
        throw in.unreadable("is MP4, but \"stsz\" lies about its size");
      }
      int[] same = new int[(int) count];
      Arrays.fill(same, (int) all);
      return same;
    }
    int[] sizes = new int[entries(in, box, 12, 4)];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) Math.min(in.u32be(), Integer.MAX_VALUE);
    }
    return sizes;
  }

  private static long duration(ByteFile in, Box box) throws IOException {
    in.position(box.bodyAt() + 4);
    int runs = entries(in, box, 8, 8);
    long duration = 0;
    for (int i = 0; i < runs; i++) {
      long count = in.u32be();
      duration += count * in.u32be();
    }
    return duration;
  }

  private static long[] chunks(ByteFile in, Mp4Boxes boxes, Box table) throws IOException {
    boolean wide = boxes.find(table, "co64").isPresent();
    Box box = box(in, boxes, table, wide ? "co64" : "stco");
    in.position(box.bodyAt() + 4);
    long[] chunks = new long[entries(in, box, 8, wide ? 8 : 4)];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = wide ? in.u64be() : in.u32be();
    }
    return chunks;
  }

  private static long[] places(ByteFile in, Mp4Boxes boxes, Box table, int[] sizes)
      throws IOException {
    long[] chunks = chunks(in, boxes, table);
    Box runs = box(in, boxes, table, "stsc");
    in.position(runs.bodyAt() + 4);
    int runCount = entries(in, runs, 8, 12);
    long[] places = new long[sizes.length];
    int sample = 0;
    long firstChunk = runCount > 0 ? in.u32be() - 1 : 0;
    for (int run = 0; run < runCount; run++) {
      long perChunk = in.u32be();
      in.skip(4);
      long nextFirst = run + 1 < runCount ? in.u32be() - 1 : chunks.length;
      for (long chunk = Math.max(0, firstChunk);
          chunk < Math.min(nextFirst, chunks.length);
          chunk++) {
        long place = chunks[(int) chunk];
        for (long i = 0; i < perChunk && sample < sizes.length; i++) {
          places[sample] = place;
          place += sizes[sample++];
        }
      }
      firstChunk = nextFirst;
    }
    return places;
  }
}
