package dev.tutti.fallback;

import dev.tutti.api.json.Json;
import java.time.Duration;

/** A pack being made, and what became of it. Thread-safe. */
final class Job {
  /**
   * How it stands.
   *
   * @param stage what is being done
   * @param done 0 to 1
   * @param pack id of the pack that was made, or empty
   * @param error why none could be made, or empty
   */
  record Status(String stage, double done, String pack, String error) {
    boolean over() {
      return !pack.isEmpty() || !error.isEmpty();
    }
  }

  private final String id;
  private final String name;
  private final Revision steps = new Revision(0);
  private volatile Status status = new Status("waiting", 0, "", "");

  Job(String id, String name) {
    this.id = id;
    this.name = name;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Status status() {
    return status;
  }

  void at(String stage, double done) {
    status = new Status(stage, Math.round(done * 1000) / 1000.0, "", "");
  }

  void made(String pack) {
    status = new Status("ready", 1, pack, "");
    steps.grow();
  }

  void failed(String error) {
    status = new Status("failed", status.done(), "", error);
    steps.grow();
  }

  /** Waits until it is over, or for as long as that. */
  void await(Duration patience) throws InterruptedException {
    if (!status.over()) {
      steps.awaitOtherThan(0, patience);
    }
  }

  Json.Obj json() {
    Status now = status;
    return Json.of(
        "id",
        id,
        "name",
        name,
        "stage",
        now.stage(),
        "done",
        now.done(),
        "pack",
        now.pack(),
        "error",
        now.error());
  }
}
