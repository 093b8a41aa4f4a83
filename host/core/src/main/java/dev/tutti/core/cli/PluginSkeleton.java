package dev.tutti.core.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files a new plugin begins with: one class, its manifest, its test, and a build of its own.
 *
 * @param id the plugin's id, which is also its URI scheme, its folder and its jar's name
 * @param tuttiHome the folder with {@code maven/}, where its build finds the API and the testkit
 * @param tuttiVersion of those
 */
record PluginSkeleton(String id, Path tuttiHome, String tuttiVersion) {
  /** What {@code plugin.json} allows as an id. */
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

  private static final String JAVA = "src/%s/java/com/example/%s%s.java";

  PluginSkeleton {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "\""
              + id
              + "\" cannot be a plugin's name: 2 to 40 of a-z, 0-9 and -, beginning with a letter"
              + " and not ending with -");
    }
  }

  /** {@code tin-roof} becomes {@code TinRoof}. */
  String className() {
    return words("");
  }

  /**
   * Writes everything.
   *
   * @param folder does not exist yet
   */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    Path wrapper = folder.resolve("mvnw");
    if (Files.getFileStore(wrapper).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Path below the plugin's folder to content. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("README.md", filled("README.md"));
    files.put(".gitignore", filled("gitignore"));
    files.put("pom.xml", filled("pom.xml"));
    files.put(".mvn/maven.config", filled("maven.config"));
    String wrapper = "maven-wrapper.properties";
    files.put(".mvn/wrapper/" + wrapper, template(wrapper));
    files.put("mvnw", template("mvnw"));
    files.put("mvnw.cmd", template("mvnw.cmd"));
    files.put("src/main/resources/plugin.json", filled("plugin.json"));
    files.put(JAVA.formatted("main", className(), "Plugin"), filled("Plugin.java"));
    files.put(JAVA.formatted("test", className(), "PluginTest"), filled("PluginTest.java"));
    return files;
  }

  private String filled(String name) {
    String home = tuttiHome.toString();
    return template(name)
        .replace("@id@", id)
        .replace("@name@", words(" "))
        .replace("@class@", className())
        .replace("@tutti-version@", tuttiVersion)
        .replace("@tutti-home@", name.endsWith(".xml") ? escaped(home) : home);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private String words(String between) {
    return Arrays.stream(id.split("-+"))
        .map(w -> w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
        .collect(Collectors.joining(between));
  }

  private static String template(String name) {
    try (InputStream in = PluginSkeleton.class.getResourceAsStream("/new-plugin/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file /new-plugin/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
