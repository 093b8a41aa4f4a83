package dev.tutti.audio.codec.ogg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The C structures of one Vorbis encoder. Those that only the library looks into get more room than
 * any version of it needs.
 */
record VorbisMemory(
    MemorySegment info,
    MemorySegment comment,
    MemorySegment dsp,
    MemorySegment block,
    MemorySegment packets) {
  private static final int OPAQUE_BYTES = 1024;

  /** {@code ogg_packet}. */
  private static final StructLayout PACKET =
      MemoryLayout.structLayout(
          ADDRESS.withName("packet"),
          NativeLibrary.C_LONG.withName("bytes"),
          NativeLibrary.C_LONG.withName("b_o_s"),
          NativeLibrary.C_LONG.withName("e_o_s"),
          JAVA_LONG.withName("granulepos"),
          JAVA_LONG.withName("packetno"));

  private static final long BYTES_AT =
      PACKET.byteOffset(MemoryLayout.PathElement.groupElement("bytes"));
  private static final long GRANULE_AT =
      PACKET.byteOffset(MemoryLayout.PathElement.groupElement("granulepos"));

  /** As many packets as a Vorbis stream has headers. */
  private static final int PACKETS = 3;

  static VorbisMemory allocate(Arena arena) {
    return new VorbisMemory(
        opaque(arena),
        opaque(arena),
        opaque(arena),
        opaque(arena),
        arena.allocate(PACKET, PACKETS));
  }

  private static MemorySegment opaque(Arena arena) {
    return arena.allocate(OPAQUE_BYTES, 16);
  }

  MemorySegment packet(int index) {
    return packets.asSlice(index * PACKET.byteSize(), PACKET);
  }

  /** Copies a packet. */
  static byte[] bytes(MemorySegment packet) {
    long length = packet.get(NativeLibrary.C_LONG, BYTES_AT);
    return packet.get(ADDRESS, 0).reinterpret(length).toArray(JAVA_BYTE);
  }

  /** The position at the end of a packet, in frames. */
  static long granule(MemorySegment packet) {
    return packet.get(JAVA_LONG, GRANULE_AT);
  }
}
