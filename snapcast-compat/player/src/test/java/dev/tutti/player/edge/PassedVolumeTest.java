package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.mixer.Volume;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassedVolumeTest {
  private final List<Volume> down = new ArrayList<>();
  private final PassedVolume volume = new PassedVolume(down::add);

  @Test
  void whatIsSetGoesDown() {
    volume.set(new Volume(10, false));
    assertThat(down).containsExactly(new Volume(10, false));
  }

  @Test
  void ofSeveralChangesTheLastGoesUpOnce() throws InterruptedException {
    volume.changed(new Volume(10, false));
    volume.changed(new Volume(20, false));
    assertThat(volume.awaitChange()).contains(new Volume(20, false));
    assertThat(volume.awaitChange()).as("woken for what was taken already").isEmpty();
  }
}
