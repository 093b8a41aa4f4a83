package dev.tutti.fallback;

import dev.tutti.api.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Takes what is sent, and makes packs of it, one after the other, on one thread. Thread-safe;
 * {@link #run} is that thread.
 */
final class Workshop implements Runnable {
  private static final int MAX_WAITING = 8;
  private static final int MAX_RECEIVING = 2;
  private static final int REMEMBERED = 20;

  /** What is to be done on the thread. */
  private interface Task {
    void run() throws IOException, PackProblem;
  }

  private record Order(Job job, Task task, Path folder) {}

  /** What to do with a pack that was made. */
  interface Ready {
    void made(Pack pack);
  }

  private final Path incoming;
  private final PackStore store;
  private final PackMaker maker;
  private final Archives archives;
  private final int maxPacks;
  private final System.Logger log;
  private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Semaphore receiving = new Semaphore(MAX_RECEIVING);
  private final Deque<Job> jobs = new ArrayDeque<>();
  private final AtomicLong numbers = new AtomicLong();

  Workshop(
      Path incoming,
      PackStore store,
      PackMaker maker,
      Archives archives,
      int maxPacks,
      System.Logger log)
      throws IOException {
    this.incoming = incoming;
    this.store = store;
    this.maker = maker;
    this.archives = archives;
    this.maxPacks = maxPacks;
    this.log = log;
    delete(incoming); // what a crash has left there
    Files.createDirectories(incoming);
  }

  /** Works until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        work(orders.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Order order) {
    Job job = order.job();
    try {
      order.task().run();
    } catch (PackProblem e) {
      job.failed(String.valueOf(e.getMessage()));
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      job.failed("the plugin was stopped meanwhile; send it again");
    } catch (IOException e) {
      log.log(Level.WARNING, "no fallback pack can be made of {0}: {1}", job.name(), e);
      job.failed("it cannot be made: " + e.getMessage());
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "making a fallback pack failed", e);
      job.failed("it cannot be made; the server's log says why");
    } finally {
      deleteLoudly(order.folder());
    }
  }

  /**
   * Receives a file and has a pack made of it.
   *
   * @param name for people
   * @throws HttpException 503 if too much is going on, 507 if the disk is full
   */
  Job receive(String name, InputStream content, Ready ready) {
    if (store.count() >= maxPacks) {
      throw new HttpException(
          409, "there are " + maxPacks + " packs, the most (max-packs); remove one first");
    }
    if (!receiving.tryAcquire()) {
      throw new HttpException(503, "others are sending files as well; try again in a while");
    }
    Path folder = incoming.resolve("job-" + numbers.incrementAndGet());
    boolean taken = false;
    try {
      Path file = save(content, folder);
      Job job = begin(name);
      taken =
          orders.offer(
              new Order(
                  job, () -> make(job, archives.parts(name, file, folder), folder, ready), folder));
      if (!taken) {
        job.failed("too many packs are being made; try again in a while");
        throw new HttpException(503, job.status().error());
      }
      return job;
    } finally {
      receiving.release();
      if (!taken) {
        deleteLoudly(folder);
      }
    }
  }

  private static Path save(InputStream content, Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("upload");
      try (OutputStream out = Files.newOutputStream(file)) {
        if (content.transferTo(out) == 0) {
          throw new HttpException(400, "the body is empty: send an audio file or an archive");
        }
      }
      return file;
    } catch (IOException e) {
      throw new HttpException(507, "what was sent cannot be kept: " + e.getMessage());
    }
  }

  /** Makes a pack of parts that are here already. */
  Job make(String name, List<Part> parts, Ready ready) {
    Job job = begin(name);
    Path folder = incoming.resolve("job-" + numbers.incrementAndGet());
    Task task =
        () -> {
          Files.createDirectories(folder);
          make(job, parts, folder, ready);
        };
    if (!orders.offer(new Order(job, task, folder))) {
      job.failed("too many packs are being made; try again in a while");
    }
    return job;
  }

  private void make(Job job, List<Part> parts, Path folder, Ready ready)
      throws IOException, PackProblem {
    Path flac = folder.resolve("pack.flac");
    PackMaker.Made made = maker.make(parts, flac, job::at);
    job.at("storing", 1);
    Pack pack = store.install(job.name(), flac, made);
    ready.made(pack);
    job.made(pack.id());
    log.log(
        Level.INFO,
        "fallback pack \"{0}\": {1} s in {2} parts, {3} LUFS, {4} KiB, id {5}",
        pack.name(),
        pack.manifest().frames() / pack.manifest().format().rate(),
        pack.manifest().parts().size(),
        pack.manifest().loudnessLufs(),
        pack.manifest().bytes() / 1024,
        pack.id());
  }

  private Job begin(String name) {
    Job job = new Job(String.valueOf(numbers.incrementAndGet()), name);
    synchronized (jobs) {
      jobs.addFirst(job);
      while (jobs.size() > REMEMBERED) {
        jobs.removeLast();
      }
    }
    return job;
  }

  /** The last jobs, the newest first. */
  List<Job> jobs() {
    synchronized (jobs) {
      return List.copyOf(jobs);
    }
  }

  Optional<Job> job(String id) {
    return jobs().stream().filter(j -> j.id().equals(id)).findFirst();
  }

  private void deleteLoudly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      log.log(Level.WARNING, "{0} cannot be deleted: {1}", folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
