package dev.tutti.audio.codec.ffmpeg;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.DecoderProvider;
import dev.tutti.audio.codec.stream.TrimmedDecoder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that pure Java does not play, where the program {@code ffmpeg} is installed: WMA,
 * WavPack, Monkey's Audio, Matroska, ALAC, AC-3 and more. It runs as a process of its own, so that
 * no file can do harm here.
 */
public final class FfmpegDecoderProvider implements DecoderProvider {
  private static final int LAST_RESORT = -10;

  private static final class Found {
    static final Optional<Path> PROGRAM = onPath(System.getenv().getOrDefault("PATH", ""));
  }

  static Optional<Path> onPath(String path) {
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> Stream.of("ffmpeg", "ffmpeg.exe").map(Path.of(folder)::resolve))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .map(Path::toAbsolutePath)
        .findFirst();
  }

  @Override
  public String name() {
    return "wma, wv, ape, mka, alac and more (ffmpeg)";
  }

  @Override
  public int priority() {
    return LAST_RESORT;
  }

  @Override
  public boolean available() {
    return Found.PROGRAM.isPresent();
  }

  @Override
  public Set<String> extensions() {
    return Set.of(
        "wma", "wv", "ape", "mka", "webm", "tta", "mpc", "ac3", "dts", "dsf", "caf", "au", "amr",
        "spx", "w64");
  }

  @Override
  public Optional<Decoder> open(Path path, byte[] head) throws IOException {
    Optional<String> demuxer = Container.demuxerOf(head);
    if (demuxer.isEmpty() || Found.PROGRAM.isEmpty()) {
      return Optional.empty();
    }
    FfmpegStream stream = new FfmpegStream(Found.PROGRAM.get(), path, demuxer.get());
    return Optional.of(new TrimmedDecoder(stream, 0, 0, OptionalLong.empty(), stream.exactBits()));
  }
}
