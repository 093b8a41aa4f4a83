package dev.tutti.audio.codec.nativelib;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A shared library of the system. It stays loaded until the program ends. Thread-safe; whether its
 * functions are is the library's affair.
 */
public final class NativeLibrary {
  /** A C {@code long}, 64 bits on all systems we run on. */
  public static final ValueLayout.OfLong C_LONG = ValueLayout.JAVA_LONG;

  private final String name;
  private final SymbolLookup symbols;

  private NativeLibrary(String name, SymbolLookup symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /**
   * Opens the first library that is there.
   *
   * @param names as the system's loader takes them, newest first: {@code libFLAC.so.12}
   * @return empty if none is there, or if the program may not call native code
   */
  public static Optional<NativeLibrary> open(List<String> names) {
    for (String name : names) {
      try {
        return Optional.of(
            new NativeLibrary(name, SymbolLookup.libraryLookup(name, Arena.global())));
      } catch (IllegalArgumentException | IllegalCallerException absent) {
        System.getLogger(NativeLibrary.class.getName())
            .log(System.Logger.Level.TRACE, "{0} is not here", name);
      }
    }
    return Optional.empty();
  }

  /** The name it was found by. */
  public String name() {
    return name;
  }

  /**
   * @throws NoSuchElementException if the library lacks the function
   */
  public MethodHandle function(
      String function, FunctionDescriptor descriptor, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(symbol(function), descriptor, options);
  }

  /** Reads a constant of type {@code const char*}. */
  public String text(String constant) {
    return symbol(constant)
        .reinterpret(ValueLayout.ADDRESS.byteSize())
        .get(ValueLayout.ADDRESS, 0)
        .reinterpret(256)
        .getString(0);
  }

  private MemorySegment symbol(String symbol) {
    return symbols
        .find(symbol)
        .orElseThrow(() -> new NoSuchElementException(name + " has no " + symbol));
  }

  /** What to throw when a call of a method handle threw: calls themselves throw nothing checked. */
  public static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      default -> new IllegalStateException(thrown);
    };
  }
}
