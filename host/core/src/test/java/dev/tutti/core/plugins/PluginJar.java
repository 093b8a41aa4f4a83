package dev.tutti.core.plugins;

import dev.tutti.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Builds plugin jars in a test, from Java source, without a file of source or class on the disk.
 */
final class PluginJar {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final String id;

  private PluginJar(String id) {
    this.id = id;
    set("id", "\"" + id + "\"");
    set("version", "\"1.0.0\"");
    set("api", "\"[1.0,2.0)\"");
    set("entry", "\"test." + id + ".Main\"");
  }

  /** A plugin whose entry is {@code test.ID.Main}. */
  static PluginJar of(String id) {
    return new PluginJar(id);
  }

  /** One key of the manifest, as JSON. */
  PluginJar set(String key, String json) {
    manifest.put(key, json);
    return this;
  }

  PluginJar without(String key) {
    manifest.remove(key);
    return this;
  }

  PluginJar version(String version) {
    return set("version", "\"" + version + "\"");
  }

  PluginJar requires(String... ids) {
    return set("requires", Json.array(List.of(ids)).toString());
  }

  PluginJar exports(String packageName) {
    return set("exports", "[\"" + packageName + "\"]");
  }

  /** The body of the entry's {@code start(PluginContext context)}. */
  PluginJar start(String body) {
    return main("public void start(PluginContext context) throws Exception {" + body + "}");
  }

  /** The members of the entry class. */
  PluginJar main(String members) {
    return classes(
        "test.%s.Main".formatted(id),
        """
        package test.%s;
        import dev.tutti.api.*;
        import java.time.Duration;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;
        public class Main implements Plugin { %s }
        """
            .formatted(id, members));
  }

  /** Compiles a class into the jar, seeing the api and the classes given. */
  PluginJar classes(String name, String source, PluginJar... seen) {
    Map<String, byte[]> others = new LinkedHashMap<>();
    for (PluginJar jar : seen) {
      others.putAll(jar.entries);
    }
    others.putAll(entries);
    entries.putAll(
        COMPILED.computeIfAbsent(source + others.keySet(), s -> compile(name, source, others)));
    return this;
  }

  PluginJar file(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** A library inside the jar. */
  PluginJar library(String name, PluginJar library) {
    return file("lib/" + name, library.libraryBytes());
  }

  byte[] bytes() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    if (!manifest.isEmpty()) {
      List<String> members =
          manifest.entrySet().stream().map(e -> "\"" + e.getKey() + "\": " + e.getValue()).toList();
      all.put(
          "plugin.json", ("{" + String.join(", ", members) + "}").getBytes(StandardCharsets.UTF_8));
    }
    all.putAll(entries);
    return zip(all);
  }

  private byte[] libraryBytes() {
    return zip(entries);
  }

  /** Writes beside and renames, as a careful user's tools do. */
  Path drop(Path folder, String fileName) {
    try {
      Files.createDirectories(folder);
      Path whole = Files.write(folder.resolve(fileName + ".part"), bytes());
      return Files.move(
          whole, folder.resolve(fileName), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path drop(Path folder) {
    return drop(folder, id + ".jar");
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream zip = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> compile(
      String name, String source, Map<String, byte[]> others) {
    StringWriter messages = new StringWriter();
    Map<String, byte[]> result = new LinkedHashMap<>();
    try (Memory memory = new Memory(others, result)) {
      boolean ok =
          COMPILER
              .getTask(
                  messages,
                  memory,
                  null,
                  List.of("-proc:none", "--release", "25"),
                  null,
                  List.of(new Source(name, source)))
              .call();
      if (!ok) {
        throw new IllegalArgumentException(messages.toString());
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  /** A class file in memory, read or written. */
  private static final class Compiled extends SimpleJavaFileObject {
    private final String name;
    private final Map<String, byte[]> target;

    Compiled(String name, Map<String, byte[]> target) {
      super(URI.create("memory:///" + name), Kind.CLASS);
      this.name = name;
      this.target = target;
    }

    @Override
    public java.io.InputStream openInputStream() {
      return new java.io.ByteArrayInputStream(target.get(name));
    }

    @Override
    public OutputStream openOutputStream() {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          target.put(name, toByteArray());
        }
      };
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> seen;
    private final Map<String, byte[]> written;

    Memory(Map<String, byte[]> seen, Map<String, byte[]> written) {
      super(COMPILER.getStandardFileManager(null, null, null));
      this.seen = seen;
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new Compiled(className.replace('.', '/') + ".class", written);
    }

    @Override
    public Iterable<JavaFileObject> list(
        Location location, String packageName, java.util.Set<JavaFileObject.Kind> kinds, boolean r)
        throws IOException {
      List<JavaFileObject> found = new java.util.ArrayList<>();
      super.list(location, packageName, kinds, r).forEach(found::add);
      String folder = packageName.replace('.', '/') + "/";
      for (String entry : seen.keySet()) {
        if (location.getName().equals("CLASS_PATH")
            && entry.startsWith(folder)
            && entry.endsWith(".class")
            && entry.indexOf('/', folder.length()) < 0) {
          found.add(new Compiled(entry, seen));
        }
      }
      return found;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
      return file instanceof Compiled c
          ? c.name.substring(0, c.name.length() - 6).replace('/', '.')
          : super.inferBinaryName(location, file);
    }
  }
}
