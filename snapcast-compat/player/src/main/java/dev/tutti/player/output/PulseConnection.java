package dev.tutti.player.output;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/**
 * A sound server's main loop, the connection and one stream on it, driven by whoever calls. For one
 * thread; after opening nothing allocates.
 */
final class PulseConnection {
  private static final int CONTEXT_READY = 4;
  private static final int CONTEXT_FAILED = 5;
  private static final int STREAM_READY = 2;
  private static final int STREAM_FAILED = 3;
  private static final int OPERATION_RUNNING = 0;
  private static final int OPERATION_DONE = 1;
  private static final int NO_AUTOSPAWN = 1;

  /**
   * The whole way to the loudspeaker is to be as long as asked for, not the stream's part of it.
   */
  private static final int ADJUST_LATENCY = 0x2000;

  private static final int SEEK_RELATIVE = 0;
  private static final int UNSET = -1;
  private static final int S16LE = 3;
  private static final int S32LE = 7;
  private static final int S24_32LE = 11;
  private static final long OPEN_MICROS = 5_000_000;
  private static final int STEP_MICROS = 50_000;
  private static final int QUESTIONS = 3;

  /** Where pa_timing_info has what (libpulse's introspection of 0.9.22 to 17). */
  private static final int TIMING_SINK_MICROS = 24;

  private static final int TIMING_READ_CORRUPT = 64;
  private static final int TIMING_READ_INDEX = 72;
  private static final int TIMING_BYTES = 104;

  private final PulseLibrary pulse;
  private final LongSupplier clock;
  private final Arena arena = Arena.ofShared();
  private MemorySegment loop = MemorySegment.NULL;
  private MemorySegment context = MemorySegment.NULL;
  private MemorySegment stream = MemorySegment.NULL;
  private MemorySegment buffer = MemorySegment.NULL;
  private MemorySegment timing = MemorySegment.NULL;

  /** Address of the operation under way; 0 if there is none. */
  private long question;

  private long askedAt;
  private int questionsLeft;
  private boolean answered;
  private long readAsked;
  private long readAnswered;
  private long readBytes;
  private long sinkMicros;

  PulseConnection(PulseLibrary pulse, LongSupplier clock) {
    this.pulse = pulse;
    this.clock = clock;
  }

  /**
   * Connects and opens the stream; it runs from then on.
   *
   * @param aheadMicros what is to lie between writing and hearing
   * @param wakeMicros how much room the sound server is to gather before it asks for more
   * @throws IOException with the sound server's reason
   */
  void open(String server, String sink, SampleFormat format, int aheadMicros, int wakeMicros)
      throws IOException {
    try {
      loop = (MemorySegment) pulse.loopNew.invokeExact();
      MemorySegment api = (MemorySegment) pulse.loopApi.invokeExact(loop);
      context = (MemorySegment) pulse.contextNew.invokeExact(api, arena.allocateFrom("Tutti"));
      check(
          (int)
              pulse.contextConnect.invokeExact(
                  context, textOrNull(server), NO_AUTOSPAWN, MemorySegment.NULL));
      awaitContext();
      stream =
          (MemorySegment)
              pulse.streamNew.invokeExact(
                  context, arena.allocateFrom("music"), spec(format), MemorySegment.NULL);
      check(
          (int)
              pulse.streamConnect.invokeExact(
                  stream,
                  textOrNull(sink),
                  attributes(format, aheadMicros, wakeMicros),
                  ADJUST_LATENCY,
                  MemorySegment.NULL,
                  MemorySegment.NULL));
      awaitStream();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    buffer = arena.allocate((long) format.rate() * format.frameBytes());
  }

  private MemorySegment textOrNull(String text) {
    return text.isEmpty() ? MemorySegment.NULL : arena.allocateFrom(text);
  }

  private MemorySegment spec(SampleFormat format) {
    MemorySegment spec = arena.allocate(12, 4);
    int code = format.bits() == 16 ? S16LE : format.bits() == 24 ? S24_32LE : S32LE;
    spec.set(JAVA_INT, 0, code);
    spec.set(JAVA_INT, 4, format.rate());
    spec.set(JAVA_BYTE, 8, (byte) format.channels());
    return spec;
  }

  /**
   * Without a prebuffer the stream's line of time never stops: what was written too late is lost,
   * and all after it sounds where it belongs.
   */
  private MemorySegment attributes(SampleFormat format, int aheadMicros, int wakeMicros) {
    MemorySegment attributes = arena.allocate(20, 4);
    attributes.set(JAVA_INT, 0, UNSET);
    attributes.set(JAVA_INT, 4, bytes(format, aheadMicros));
    attributes.set(JAVA_INT, 8, 0);
    attributes.set(JAVA_INT, 12, bytes(format, wakeMicros));
    attributes.set(JAVA_INT, 16, UNSET);
    return attributes;
  }

  private static int bytes(SampleFormat format, int micros) {
    return (int) ((long) format.rate() * micros / 1_000_000) * format.frameBytes();
  }

  private void awaitContext() throws Throwable {
    long until = clock.getAsLong() + OPEN_MICROS;
    int state = (int) pulse.contextState.invokeExact(context);
    while (state != CONTEXT_READY) {
      if (state >= CONTEXT_FAILED || clock.getAsLong() > until) {
        throw failed();
      }
      turn(STEP_MICROS);
      state = (int) pulse.contextState.invokeExact(context);
    }
  }

  private void awaitStream() throws Throwable {
    long until = clock.getAsLong() + OPEN_MICROS;
    int state = (int) pulse.streamState.invokeExact(stream);
    while (state != STREAM_READY) {
      if (state >= STREAM_FAILED || clock.getAsLong() > until) {
        throw failed();
      }
      turn(STEP_MICROS);
      state = (int) pulse.streamState.invokeExact(stream);
    }
  }

  private void check(int result) throws Throwable {
    if (result < 0) {
      throw failed();
    }
  }

  private IOException failed() throws Throwable {
    int code = (int) pulse.contextErrno.invokeExact(context);
    return new IOException(code == 0 ? "it does not answer" : pulse.message(code));
  }

  /** The sink that the stream came to. */
  String sink() {
    try {
      return PulseLibrary.text((MemorySegment) pulse.streamDeviceName.invokeExact(stream));
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Lets the loop do what there is to do, waiting for it at most so long. */
  private void turn(int waitMicros) throws Throwable {
    int prepared = (int) pulse.loopPrepare.invokeExact(loop, waitMicros);
    int polled = prepared < 0 ? prepared : (int) pulse.loopPoll.invokeExact(loop);
    int done = polled < 0 ? polled : (int) pulse.loopDispatch.invokeExact(loop);
    if (done < 0) {
      throw failed();
    }
    takeAnswer();
  }

  /**
   * Waits for room.
   *
   * @return bytes that may be written, less than asked for if there was no room in time
   * @throws IOException if the connection or the stream has ended; says why
   */
  long awaitRoom(long bytes, long waitMicros) throws IOException {
    long until = clock.getAsLong() + waitMicros;
    try {
      // One turn in any case, so that what was written goes out and answers come in.
      turn(0);
      long room = room();
      long left = until - clock.getAsLong();
      while (room < bytes && left > 0) {
        turn((int) Math.min(left, STEP_MICROS));
        room = room();
        left = until - clock.getAsLong();
      }
      return room;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  private long room() throws Throwable {
    if ((int) pulse.streamState.invokeExact(stream) != STREAM_READY) {
      throw failed();
    }
    return (long) pulse.streamWritable.invokeExact(stream);
  }

  /**
   * Asks where the stream is, some times in a row, unless an answer is still awaited. The first
   * question wakes threads that sleep; the quickest answer is the one that counts.
   */
  void ask() throws IOException {
    if (question != 0) {
      return;
    }
    questionsLeft = QUESTIONS;
    readAsked = 0;
    readAnswered = Long.MAX_VALUE;
    try {
      askOnce();
      turn(0);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  private void askOnce() throws Throwable {
    questionsLeft--;
    askedAt = clock.getAsLong();
    question =
        (long) pulse.streamUpdateTiming.invokeExact(stream, MemorySegment.NULL, MemorySegment.NULL);
    if (question == 0) {
      throw failed();
    }
  }

  private void takeAnswer() throws Throwable {
    if (question == 0) {
      return;
    }
    int state = (int) pulse.operationState.invokeExact(question);
    if (state == OPERATION_RUNNING) {
      return;
    }
    long now = clock.getAsLong();
    pulse.operationUnref.invokeExact(question);
    question = 0;
    if (state == OPERATION_DONE && now - askedAt < readAnswered - readAsked) {
      read(now);
    }
    if (questionsLeft > 0) {
      askOnce();
    } else {
      answered = readAnswered != Long.MAX_VALUE;
    }
  }

  private void read(long now) throws Throwable {
    if (timing.equals(MemorySegment.NULL)) {
      // It lies within the stream, always at the same place.
      MemorySegment found = (MemorySegment) pulse.streamTiming.invokeExact(stream);
      timing = found.equals(MemorySegment.NULL) ? found : found.reinterpret(TIMING_BYTES);
    }
    if (!timing.equals(MemorySegment.NULL) && timing.get(JAVA_INT, TIMING_READ_CORRUPT) == 0) {
      readBytes = timing.get(JAVA_LONG, TIMING_READ_INDEX);
      sinkMicros = timing.get(JAVA_LONG, TIMING_SINK_MICROS);
      readAsked = askedAt;
      readAnswered = now;
    }
  }

  /** Whether an answer came since this was last asked. */
  boolean hasAnswer() {
    boolean had = answered;
    answered = false;
    return had;
  }

  /** Bytes that had left the stream for the sink, at some instant between asking and answer. */
  long readBytes() {
    return readBytes;
  }

  /** How long those take from there to being heard. */
  long sinkMicros() {
    return sinkMicros;
  }

  /** When that was asked. */
  long askedAtMicros() {
    return readAsked;
  }

  /** When that answer came. */
  long answeredAtMicros() {
    return readAnswered;
  }

  void write(byte[] pcm, int bytes) throws IOException {
    MemorySegment.copy(pcm, 0, buffer, JAVA_BYTE, 0, bytes);
    try {
      check(
          (int)
              pulse.streamWrite.invokeExact(
                  stream, buffer, (long) bytes, MemorySegment.NULL, 0L, SEEK_RELATIVE));
      turn(0);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Ends all; may be called whatever has been opened. */
  void close() {
    try {
      if (question != 0) {
        pulse.operationUnref.invokeExact(question);
      }
      if (!stream.equals(MemorySegment.NULL)) {
        int ignored = (int) pulse.streamDisconnect.invokeExact(stream);
        pulse.streamUnref.invokeExact(stream);
      }
      if (!context.equals(MemorySegment.NULL)) {
        pulse.contextDisconnect.invokeExact(context);
        pulse.contextUnref.invokeExact(context);
      }
      if (!loop.equals(MemorySegment.NULL)) {
        pulse.loopFree.invokeExact(loop);
      }
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    } finally {
      arena.close();
    }
  }
}
