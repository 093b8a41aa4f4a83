package dev.tutti.player.shell;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Lets a thread run before those that are not in a hurry, so that other work on the machine is
 * neither heard nor taken for the network's. Linux allows it to root and where rtprio is granted
 * (systemd: {@code LimitRTPRIO}, or the group audio); elsewhere all stays as it is.
 */
public final class Urgency {
  private static final System.Logger LOG = System.getLogger(Urgency.class.getName());

  /** SCHED_RR, not handed on to what the thread starts (sched(7)). */
  private static final int POLICY = 2 | 0x40000000;

  private static final int PRIORITY = 5;
  private static final int THIS_THREAD = 0;

  private Urgency() {}

  /** Of the calling thread. */
  public static void raise() {
    boolean raised = false;
    try {
      raised = NativeLibrary.open(List.of("libc.so.6")).filter(Urgency::ask).isPresent();
    } catch (NoSuchElementException foreign) {
      LOG.log(System.Logger.Level.DEBUG, "priorities are not known here: {0}", foreign);
    }
    if (!raised) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} runs without real-time priority; it is not allowed here",
          Thread.currentThread().getName());
    }
  }

  private static boolean ask(NativeLibrary system) {
    MethodHandle schedule =
        system.function(
            "sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment priority = arena.allocateFrom(JAVA_INT, PRIORITY);
      return (int) schedule.invokeExact(THIS_THREAD, POLICY, priority) == 0;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
