package dev.tutti.core.debug;

import dev.tutti.api.Metrics;
import dev.tutti.api.Metrics.Sample;
import dev.tutti.api.json.Json;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the Java machine itself says: threads, memory, buffers. Any thread. */
public final class Machinery {
  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** One platform thread; virtual ones are too many and too short to be told. */
  private record Worker(String name, Thread.State state, long cpuNanos) {}

  /** Registers the figures of the machine. */
  public void measure(Metrics metrics) {
    metrics.gauges(
        "thread_cpu_seconds",
        "Processor time of each platform thread",
        () ->
            byName().entrySet().stream()
                .map(e -> Sample.of(e.getValue() / NANOS, "thread", e.getKey()))
                .toList());
    metrics.gauge("threads", "Platform threads", threads::getThreadCount);
    metrics.gauge("heap_bytes", "Java heap in use", () -> heap().getUsed());
    metrics.gauge("heap_max_bytes", "Java heap at most", () -> heap().getMax());
    metrics.gauges(
        "buffer_bytes",
        "Memory outside the heap, by kind",
        () ->
            pools().stream()
                .map(p -> Sample.of((double) p.getMemoryUsed(), "pool", p.getName()))
                .toList());
    metrics.gauge(
        "uptime_seconds",
        "Since the program was started",
        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
  }

  /** The same for the debug page: {@code threads} and {@code buffers}. */
  public Map<String, Object> report() {
    Map<String, Object> all = new TreeMap<>();
    all.put(
        "threads",
        workers().stream()
            .map(w ->
                Json.of(
                    "name", w.name(),
                    "state", w.state().name().toLowerCase(java.util.Locale.ROOT),
                    "cpuMs", w.cpuNanos() / 1_000_000))
            .toList());
    all.put(
        "buffers",
        Json.of(
            "heapUsed", heap().getUsed(),
            "heapMax", heap().getMax(),
            "outside",
                pools().stream()
                    .map(p ->
                        Json.of(
                            "name", p.getName(), "count", p.getCount(), "bytes", p.getMemoryUsed()))
                    .toList()));
    all.put("uptimeMs", ManagementFactory.getRuntimeMXBean().getUptime());
    return all;
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  private static List<BufferPoolMXBean> pools() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  }

  private List<Worker> workers() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull)
        .map(this::worker)
        .sorted(Comparator.comparingLong(Worker::cpuNanos).reversed())
        .toList();
  }

  private Worker worker(ThreadInfo info) {
    long nanos = threads.getThreadCpuTime(info.getThreadId());
    return new Worker(info.getThreadName(), info.getThreadState(), Math.max(0, nanos));
  }

  /** Threads of one name together, because a label may be there once only. */
  private Map<String, Long> byName() {
    Map<String, Long> sums = new TreeMap<>();
    workers().forEach(w -> sums.merge(w.name(), w.cpuNanos(), Long::sum));
    return sums;
  }
}
