package dev.tutti.player.shell;

import dev.tutti.api.json.Json;
import dev.tutti.audio.fallback.ManifestJson;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.player.fallback.PackFolder;
import dev.tutti.player.keeper.House;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks a Tutti server which pack this player is to have, and fetches it: into a file beside, on
 * from where it broke off, then compared and put in its place. Runs on its own thread, named {@code
 * player-fetch}, until interrupted.
 */
final class PackFetch implements Runnable {
  private static final System.Logger LOG = System.getLogger(PackFetch.class.getName());
  private static final int WAIT_SECONDS = 20;
  private static final long AGAIN_SECONDS = 5;
  private static final int PIECE_BYTES = 64 * 1024;

  private final PackFolder folder;
  private final String player;
  private final Supplier<Optional<WebPlace>> server;
  private final Certificates certificates;
  private final Consumer<PackManifest> installed;
  private final Optional<KeeperDoor> keeper;
  private final Consumer<House> met;
  private Optional<PackManifest> have = Optional.empty();
  private long revision = -1;
  private String lastFailure = "";

  /**
   * @param player what the server knows this player by
   * @param server where it speaks HTTP; empty while none does
   * @param certificates whom to trust, where it is encrypted
   * @param installed told of a pack that can be played, or stands at another place
   * @param keeper where other players ask us
   * @param met told who else is in the house
   */
  PackFetch(
      PackFolder folder,
      String player,
      Supplier<Optional<WebPlace>> server,
      Certificates certificates,
      Consumer<PackManifest> installed,
      Optional<KeeperDoor> keeper,
      Consumer<House> met) {
    this.folder = folder;
    this.player = player;
    this.server = server;
    this.certificates = certificates;
    this.installed = installed;
    this.keeper = keeper;
    this.met = met;
  }

  @Override
  public void run() {
    have = folder.installed();
    have.ifPresent(installed);
    try {
      while (true) {
        Optional<WebPlace> at = server.get();
        if (at.isEmpty() || !ask(at.get())) {
          TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "asked to stop fetching");
    }
  }

  /** Asks once, and fetches; false if that failed. */
  private boolean ask(WebPlace at) throws InterruptedException {
    try {
      Json order = order(at);
      revision = order.number("revision").map(n -> n.longValue()).orElse(-1L);
      order.get("peers").flatMap(HouseText::read).ifPresent(met);
      Optional<Json> told = order.get("pack").filter(Json.Obj.class::isInstance);
      if (told.isPresent()) {
        take(at, ManifestJson.read(told.get()), order);
      }
      lastFailure = "";
      return true;
    } catch (IOException | IllegalArgumentException e) {
      String failure = String.valueOf(e.getMessage());
      if (!failure.equals(lastFailure)) {
        lastFailure = failure;
        LOG.log(
            System.Logger.Level.WARNING,
            "the fallback cannot be fetched from {0}: {1}; trying again",
            at,
            failure);
      }
      return false;
    }
  }

  private void take(WebPlace at, PackManifest pack, Json order)
      throws IOException, InterruptedException {
    boolean here = have.filter(own -> own.id().equals(pack.id())).isPresent();
    if (here && have.filter(pack::equals).isEmpty()) {
      folder.note(pack);
    } else if (!here && order.bool("fetch").orElse(false)) {
      fetch(at, pack);
      folder.install(pack);
      LOG.log(System.Logger.Level.INFO, "the fallback is here: {0} bytes", pack.bytes());
    } else {
      return;
    }
    have = Optional.of(pack);
    installed.accept(pack);
  }

  private Json order(WebPlace at) throws IOException {
    String id = URLEncoder.encode(player, StandardCharsets.UTF_8).replace("+", "%20");
    String own = have.map(PackManifest::id).orElse("");
    // The first answer, and the one after a change, comes at once.
    String patience = revision < 0 ? "" : "&since=" + revision + "&wait=" + WAIT_SECONDS;
    String listens = keeper.map(door -> "&listens=" + door.port()).orElse("");
    HttpURLConnection call =
        at.open("api/fallback/player/" + id + "?have=" + own + listens + patience, certificates);
    try (InputStream in = call.getInputStream()) {
      byte[] text = in.readNBytes(ManifestJson.MAX_CHARACTERS + 1);
      if (text.length > ManifestJson.MAX_CHARACTERS) {
        throw new IOException("its answer has no end");
      }
      return Json.parse(new String(text, StandardCharsets.UTF_8));
    } finally {
      call.disconnect();
    }
  }

  private void fetch(WebPlace at, PackManifest pack) throws IOException, InterruptedException {
    Path part = folder.part(pack);
    long there = Files.exists(part) ? Files.size(part) : 0;
    if (there >= pack.bytes()) {
      return; // all of it; whether it is right is seen when it is installed
    }
    HttpURLConnection call = at.open("api/fallback/file/" + pack.id(), certificates);
    if (there > 0) {
      call.setRequestProperty("Range", "bytes=" + there + "-");
      call.setRequestProperty("If-Range", "\"" + pack.id() + "\"");
    }
    try (InputStream in = call.getInputStream();
        OutputStream out = open(part, call.getResponseCode() == HttpURLConnection.HTTP_PARTIAL)) {
      long most = pack.bytes();
      byte[] piece = new byte[PIECE_BYTES];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        out.write(piece, 0, read);
        most -= read;
        if (most < 0) {
          throw new IOException("the file is longer than promised");
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    } finally {
      call.disconnect();
    }
  }

  private static OutputStream open(Path part, boolean goesOn) throws IOException {
    return Files.newOutputStream(
        part,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
  }
}
