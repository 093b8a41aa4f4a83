package dev.tutti.audio.codec.ffmpeg;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An MP4 file whose index stands behind the sound, as it would be with the index in front: FFmpeg
 * reads from a pipe and cannot go back. Only what the index says about places changes.
 *
 * @param soundAt where in the file the sound begins, and the index is put
 * @param indexAt where in the file the index stands
 * @param index the whole box, its places moved
 */
record IndexFirst(Path file, long soundAt, long indexAt, byte[] index) {
  private static final int MAX_INDEX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_BOXES = 10_000;
  private static final int MAX_DEPTH = 8;
  private static final int PIECE_BYTES = 64 * 1024;
  private static final int HEAD_BYTES = 8;

  /** Where the tables of places are: moov/trak/mdia/minf/stbl. */
  private static final String PARENTS = "trak mdia minf stbl";

  /**
   * @return empty if the file can be read as it is, or is nothing for this
   */
  static Optional<IndexFirst> of(Path file) throws IOException {
    try (ByteFile in = ByteFile.open(file)) {
      long soundAt = -1;
      long at = 0;
      for (int i = 0; i < MAX_BOXES && at + HEAD_BYTES <= in.size(); i++) {
        in.position(at);
        long size = in.u32be();
        String type = new String(in.readBytes(4), StandardCharsets.ISO_8859_1);
        size = size == 1 && in.remaining() >= 8 ? in.u64be() : size;
        if (size < HEAD_BYTES || size > in.size() - at) {
          return Optional.empty();
        }
        if (type.equals("mdat") && soundAt < 0) {
          soundAt = at;
        } else if (type.equals("moov")) {
          return soundAt < 0 || size > MAX_INDEX_BYTES
              ? Optional.empty()
              : moved(in, soundAt, at, (int) size);
        }
        at += size;
      }
      return Optional.empty();
    }
  }

  private static Optional<IndexFirst> moved(ByteFile in, long soundAt, long indexAt, int size)
      throws IOException {
    in.position(indexAt);
    byte[] index = in.readBytes(size);
    return new Places(soundAt, indexAt, size).move(ByteBuffer.wrap(index), 1)
        ? Optional.of(new IndexFirst(in.path(), soundAt, indexAt, index))
        : Optional.empty();
  }

  /** What stands between the places moves back by the index's size. */
  private record Places(long from, long to, int by) {
    /** Goes through the boxes inside the box; false if something does not fit. */
    boolean move(ByteBuffer box, int depth) {
      ByteBuffer in = box.position(HEAD_BYTES);
      while (in.remaining() >= HEAD_BYTES) {
        int size = in.getInt(in.position());
        if (size < HEAD_BYTES || size > in.remaining()) {
          return false;
        }
        byte[] name = new byte[4];
        in.get(in.position() + 4, name);
        String type = new String(name, StandardCharsets.ISO_8859_1);
        ByteBuffer inner = in.slice(in.position(), size);
        boolean moved =
            switch (type) {
              case "stco" -> moveTable(inner, Integer.BYTES);
              case "co64" -> moveTable(inner, Long.BYTES);
              default -> depth > MAX_DEPTH || !PARENTS.contains(type) || move(inner, depth + 1);
            };
        if (!moved) {
          return false;
        }
        in.position(in.position() + size);
      }
      return true;
    }

    private boolean moveTable(ByteBuffer table, int width) {
      if (table.remaining() < HEAD_BYTES + 8) {
        return false;
      }
      long count = Integer.toUnsignedLong(table.getInt(HEAD_BYTES + 4));
      if (count > (table.remaining() - HEAD_BYTES - 8) / width) {
        return false;
      }
      for (int i = 0, at = HEAD_BYTES + 8; i < count; i++, at += width) {
        boolean small = width == Integer.BYTES;
        long place = small ? Integer.toUnsignedLong(table.getInt(at)) : table.getLong(at);
        long moved = place >= from && place < to ? place + by : place;
        if (small && moved > 0xFFFFFFFFL) {
          return false;
        }
        if (small) {
          table.putInt(at, (int) moved);
        } else {
          table.putLong(at, moved);
        }
      }
      return true;
    }
  }

  /** Writes the whole file so; ends early if the reader goes away. */
  void writeTo(OutputStream out) throws IOException {
    try (ByteFile in = ByteFile.open(file)) {
      copy(in, 0, soundAt, out);
      out.write(index);
      copy(in, soundAt, indexAt, out);
      copy(in, indexAt + index.length, in.size(), out);
    }
  }

  private static void copy(ByteFile in, long from, long to, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    in.position(from);
    long left = to - from;
    while (left > 0) {
      int count = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (count <= 0) {
        return;
      }
      out.write(piece, 0, count);
      left -= count;
    }
  }
}
