package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.core.plugins.FakeScope;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that come and go while the server runs (issue 3 item 5). */
class AddedStreamsTest {
  private static final SourceUri KITCHEN =
      SourceUri.parse("tcp://0.0.0.0:4953?name=k%26a %23ü&idle_threshold=60000");

  @TempDir private Path folder;
  private final VirtualTime time = new VirtualTime();
  private final List<String> happened = new ArrayList<>();
  private Bench bench;
  private AddedStreams added;
  private Streams streams;

  @BeforeEach
  void start() {
    bench = new Bench().stream("default").stream("radio");
    added = AddedStreams.restore(bench.engine, AddedStreamsTest::plan, file(), time);
    added.onList(ids -> happened.add("list " + ids));
    bench.run(Duration.ofMillis(100));
    streams = added.forPlugin(new FakeScope("snapcast"));
    var _ = bench.engine.subscribe(event -> happened.add(text(event)));
    happened.clear();
  }

  private StateFile file() {
    return new StateFile(folder.resolve(AddedStreams.FILE_NAME), new SystemDisk());
  }

  private static String text(StreamEvent event) {
    return event.getClass().getSimpleName() + " " + event.streamId();
  }

  private static StreamConfig plan(SourceUri uri) {
    String name = uri.option("name").orElse("");
    return new StreamConfig(
        name, uri, SampleFormat.DEFAULT, uri.option("codec").orElse("flac"), 20);
  }

  private void restart() {
    added.close();
    start();
  }

  private List<String> ids() {
    return streams.list().stream().map(StreamStatus::id).toList();
  }

  @Test
  void anAddedStreamComesLastAndIsTold() {
    assertThat(streams.add(KITCHEN).id()).isEqualTo("k&a #ü");
    bench.run(Duration.ofMillis(100));

    assertThat(ids()).containsExactly("default", "radio", "k&a #ü");
    assertThat(happened).containsSubsequence("list [default, radio, k&a #ü]", "Added k&a #ü");
  }

  @Test
  void itIsThereAgainAfterARestartWithAllItsOptions() {
    streams.add(KITCHEN);
    restart();

    assertThat(streams.find("k&a #ü").orElseThrow().uri()).isEqualTo(KITCHEN);
  }

  @Test
  void whoeverListensIsMovedBeforeTheStreamGoes() {
    streams.add(KITCHEN);
    bench.run(Duration.ofMillis(100));
    happened.clear();

    assertThat(streams.remove("k&a #ü")).isTrue();
    bench.run(Duration.ofMillis(100));

    assertThat(happened).containsExactly("list [default, radio]", "Removed k&a #ü");
    restart();
    assertThat(ids()).containsExactly("default", "radio");
  }

  @Test
  void oneOfTheConfigurationIsBackAfterARestart() {
    assertThat(streams.remove("default")).isTrue();
    assertThat(ids()).containsExactly("radio");

    restart();
    assertThat(ids()).containsExactly("default", "radio");
  }

  @Test
  void whatIsNotThereCannotBeRemovedAndTheLastOneStays() {
    assertThat(streams.remove("nobody")).isFalse();
    streams.remove("default");

    assertThatThrownBy(() -> streams.remove("radio")).hasMessageContaining("only stream");
    assertThat(ids()).containsExactly("radio");
  }

  @Test
  void whatIsButTheInputOfOthersIsNothingToListenTo() {
    streams.add(SourceUri.parse("tcp://0.0.0.0?name=input&codec=null"));

    assertThat(ids()).contains("input");
    assertThat(happened).contains("list [default, radio]");
    assertThat(streams.remove("input")).isTrue();
  }

  @Test
  void namesAreGivenOnce() {
    streams.add(KITCHEN);

    assertThatThrownBy(() -> streams.add(KITCHEN)).isInstanceOf(IllegalArgumentException.class);
    restart();
    assertThat(ids()).containsExactly("default", "radio", "k&a #ü");
  }

  @Test
  void thereAreNotMoreThanALimit() {
    for (int i = 2; i < AddedStreams.MAX_STREAMS; i++) {
      streams.add(SourceUri.parse("tcp://0.0.0.0?name=" + i));
    }

    assertThatThrownBy(() -> streams.add(KITCHEN)).hasMessageContaining("no more than");
  }

  @Test
  void aFileThatIsNoneIsKeptAndDoesNotStopTheStart() throws IOException {
    added.close();
    Files.writeString(folder.resolve(AddedStreams.FILE_NAME), "{oops");
    start();

    assertThat(ids()).containsExactly("default", "radio");
    streams.add(KITCHEN);
    added.close();
    assertThat(folder.resolve(AddedStreams.FILE_NAME + ".bak")).hasContent("{oops");
  }
}
