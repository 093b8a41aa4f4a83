package dev.tutti.audio.codec.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tells by its first bytes which of FFmpeg's demuxers a file is for. FFmpeg itself never guesses:
 * some of its demuxers open other files or the network at a file's request.
 *
 * @param demuxer its name at FFmpeg
 * @param offset where the marker stands
 * @param marker the bytes
 */
record Container(String demuxer, int offset, byte[] marker) {
  private static final List<Container> KNOWN =
      List.of(
          hex("asf", "3026B2758E66CF11"),
          text("ape", 0, "MAC "),
          text("wv", 0, "wvpk"),
          text("mpc8", 0, "MPCK"),
          text("mpc", 0, "MP+"),
          text("tta", 0, "TTA1"),
          hex("matroska", "1A45DFA3"),
          text("caf", 0, "caff"),
          text("au", 0, ".snd"),
          hex("ac3", "0B77"),
          hex("dts", "7FFE8001"),
          text("amr", 0, "#!AMR"),
          text("dsf", 0, "DSD "),
          text("w64", 0, "riff"),
          text("wav", 8, "WAVE"),
          text("aiff", 8, "AIFC"),
          text("aiff", 8, "AIFF"),
          text("mov", 4, "ftyp"),
          text("ogg", 0, "OggS"),
          text("flac", 0, "fLaC"),
          text("rm", 0, ".RMF"),
          hex("flv", "464C5601"),
          hex("aac", "FFF1"),
          hex("aac", "FFF9"));

  private static Container text(String demuxer, int offset, String marker) {
    return new Container(demuxer, offset, marker.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Container hex(String demuxer, String marker) {
    return new Container(demuxer, 0, HexFormat.of().parseHex(marker));
  }

  private boolean matches(byte[] head) {
    int end = offset + marker.length;
    return head.length >= end && Arrays.equals(head, offset, end, marker, 0, marker.length);
  }

  /** The demuxer for a file that begins so. */
  static Optional<String> demuxerOf(byte[] head) {
    return KNOWN.stream().filter(known -> known.matches(head)).map(Container::demuxer).findFirst();
  }
}
