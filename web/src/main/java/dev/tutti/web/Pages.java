package dev.tutti.web;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Which page is where. Ours is always at {@code /tutti/}; at {@code /} is the guest, another web
 * client from a folder, if there is one, and each links to the other. Thread-safe.
 */
final class Pages {
  private static final String OWN = "/tutti";
  private static final String HTML = "text/html; charset=utf-8";
  private static final int MAX_PAGE_BYTES = 4 * 1024 * 1024;

  /** Put into the guest's page: in a corner, above everything, whatever that page looks like. */
  private static final String LINK =
      "<a id=\"to-tutti\" href=\"tutti/\" style=\"position:fixed;right:12px;bottom:12px;"
          + "z-index:2147483647;padding:6px 14px;border-radius:16px;background:#1c2430;color:#fff;"
          + "font:600 14px/1.4 sans-serif;text-decoration:none;opacity:.85\">tutti</a>";

  private Pages() {}

  /**
   * Registers the routes.
   *
   * @param problem told what is wrong with the settings; the page is there nevertheless
   */
  static void open(Http http, WebSettings settings, Consumer<String> problem) {
    Path guest = settings.docRoot();
    boolean hasGuest = !guest.toString().isEmpty() && Files.isDirectory(guest);
    http.files(OWN, "page");
    // Both are relative, because a proxy may have put everything below a prefix.
    http.get(OWN, call -> moved("tutti/"));
    http.get(OWN + "/root.js", call -> root("../", hasGuest ? "../" : ""));
    if (hasGuest) {
      http.folder("/", guest);
      http.get("/", call -> guestPage(guest));
      http.get("/index.html", call -> guestPage(guest));
    } else {
      http.files("/", "page");
      if (!guest.toString().isEmpty()) {
        problem.accept(
            "doc-root = \"" + guest + "\": there is no such folder; Tutti's own page is at /");
      }
    }
  }

  private static Reply moved(String where) {
    return HttpReply.of(308, HTML, new byte[0]).with("Location", where);
  }

  /** The module by which the page knows where it is. */
  private static Reply root(String root, String guest) {
    String module =
        "export const ROOT = '%s';\nexport const GUEST = '%s';\n".formatted(root, guest);
    return HttpReply.of(
            200, "text/javascript; charset=utf-8", module.getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "no-cache");
  }

  private static Reply guestPage(Path folder) throws IOException {
    Path file = folder.resolve("index.html");
    try {
      if (Files.size(file) > MAX_PAGE_BYTES) {
        throw new HttpException(413, "the page " + file + " is too long to be sent");
      }
      byte[] page = withLink(Files.readString(file, StandardCharsets.ISO_8859_1));
      return HttpReply.of(200, HTML, page).with("Cache-Control", "no-cache");
    } catch (NoSuchFileException e) {
      throw new HttpException(
          404, "there is no index.html in the folder doc-root; Tutti's own page is at tutti/");
    }
  }

  /** As Latin-1 every byte survives, whatever the page is written in. */
  private static byte[] withLink(String page) {
    int end = page.toLowerCase(Locale.ROOT).lastIndexOf("</body");
    String linked = end < 0 ? page + LINK : page.substring(0, end) + LINK + page.substring(end);
    return linked.getBytes(StandardCharsets.ISO_8859_1);
  }
}
