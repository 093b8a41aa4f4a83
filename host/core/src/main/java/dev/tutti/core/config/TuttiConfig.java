package dev.tutti.core.config;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import dev.tutti.api.access.Scope;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host's own part of the configuration file; what plugins have is below {@code [plugins]}. */
public record TuttiConfig(
    @Doc("The server and where it listens.") Server server,
    @Doc("The same pages and sockets encrypted, for browsers that ask for it.") Https https,
    @Doc("How audio travels, unless a stream says otherwise.") Audio audio,
    @Doc(
            "The streams, one [[stream]] each; the first is the default for new players. Without any, the"
                + " music folders are played, or the built-in piece.")
        List<Stream> stream,
    @Doc("What is remembered of players.") Players players,
    @Doc(
            "Rules for players of a kind, one [[client]] each. All that fit count; of those that say"
                + " something of one thing, the first. Patterns: * is any text, ? any character.")
        List<Client> client,
    @Doc("Rooms, one [[room]] each: groups that stay when nobody is in them.") List<Room> room,
    @Doc(
            "Who may listen and control. Without any token or user, as with Snapcast: everybody in"
                + " the local networks.")
        Access access,
    @Doc("What may be fetched from elsewhere: radio, pictures, announcements by address.")
        Fetch fetch,
    @Doc("Which plugins run. Each plugin's own settings are in [plugins.ID].") Plugins plugins,
    @Doc("What is written to standard error.") Log log) {

  /** The server and its ports. */
  public record Server(
      @Doc("What users see; empty for the machine's host name.") @Default("") String name,
      @Doc("Where state is kept; empty for ~/.local/share/tutti (or below XDG_DATA_HOME).")
          @Default("")
          Path data,
      @Doc("The address to listen on: 0.0.0.0 or :: for all, 127.0.0.1 for this machine only.")
          @Default("0.0.0.0")
          String bind,
      @Doc("TCP port for Snapcast clients; 0 for any free one.")
          @Default("1704")
          @Range(min = 0, max = 65535)
          int streamPort,
      @Doc("TCP port for the Snapcast control protocol; 0 for any free one.")
          @Default("1705")
          @Range(min = 0, max = 65535)
          int controlPort,
      @Doc("Port for the web page and the HTTP API; 0 for any free one.")
          @Default("1780")
          @Range(min = 0, max = 65535)
          int httpPort,
      @Doc(
              "Further names by which browsers reach this server, such as a reverse proxy's public"
                  + " name; pages under other names may not control it.")
          @Default("[]")
          List<String> httpHosts,
      @Doc(
              "The address others reach this server by when a proxy stands before it, for example"
                  + " https://music.example.com/tutti; empty for the machine's own.")
          @Default("")
          String publicUrl,
      @Doc("Whether players find this server by themselves (mDNS, also called Bonjour).")
          @Default("true")
          boolean mdns) {}

  /** HTTPS and WSS. */
  public record Https(
      @Doc("Whether there is HTTPS.") @Default("false") boolean enabled,
      @Doc("Its port; 0 for any free one.") @Default("1788") @Range(min = 0, max = 65535) int port,
      @Doc(
              "A certificate in PEM form, with those that vouch for it, or a .p12 file; empty for one"
                  + " the server makes itself and keeps in its data folder.")
          @Default("")
          Path certificate,
      @Doc("The certificate's private key in PEM form; empty if the certificate's file holds it.")
          @Default("")
          Path key,
      @Doc("The password of the key, if it has one.") @Default("") String keyPassword) {}

  /** Defaults of all streams. */
  public record Audio(
      @Doc("From a sample's capture to its being heard, in milliseconds.")
          @Default("1000")
          @Range(min = 100, max = 60_000)
          int bufferMs,
      @Doc("What clients are sent: flac, pcm, opus or ogg, with options as in flac:5.")
          @Default("flac")
          CodecChoice codec,
      @Doc("Rate, bits and channels.") @Default("48000:16:2") SampleFormat sampleFormat,
      @Doc("Length of a chunk in milliseconds.") @Default("20") @Range(min = 5, max = 200)
          int chunkMs,
      @Doc(
              "What streams play when their sources fail and their fallbacks, too, for example"
                  + " sine://?hz=1000&gainDb=-20 (a tone); without it, silence.")
          @Nullable SourceUri emergency) {}

  /**
   * One stream as configured. What the source's address says wins over the other keys.
   *
   * @param codec null if not given here
   * @param sampleFormat null if not given here
   */
  public record Stream(
      @Doc("Its address, for example pipe:///tmp/snapfifo?name=default") @Nullable SourceUri source,
      @Doc("Its name.") @Default("") String name,
      @Doc("Codec instead of that of [audio].") @Nullable CodecChoice codec,
      @Doc("Sample format instead of that of [audio].") @Nullable SampleFormat sampleFormat,
      @Doc(
              "What it plays while its source fails (not while that rests), the best first, for"
                  + " example [\"ambient://\"]; crossed over, and back when the source is well.")
          @Default("[]")
          List<SourceUri> fallback,
      @Doc("Whether the emergency sound of [audio] follows its fallbacks.") @Default("true")
          boolean emergency,
      @Doc(
              "Whether its gate is open at the start; closed, it is silent, stays up, and its source"
                  + " does not move on.")
          @Default("true")
          boolean playing) {
    public Stream {
      if (source == null) {
        throw new IllegalArgumentException(
            "a stream needs a source, for example source = \"pipe:///tmp/snapfifo?name=default\"");
      }
    }
  }

  /** What is remembered. */
  public record Players(
      @Doc(
              "Players that have no name of their own and were away for so many days are forgotten; 0:"
                  + " never.")
          @Default("0")
          @Range(min = 0, max = 36_500)
          int forgetAfterDays) {}

  /** A rule for players of a kind; null where it says nothing. */
  public record Client(
      @Doc("Pattern of the player's id.") @Default("*") String id,
      @Doc("Pattern of its host name.") @Default("*") String hostName,
      @Doc("Pattern of its program's name: Snapclient, Snapweb, libsnapcast (boards).")
          @Default("*")
          String clientName,
      @Doc("Pattern of its processor: x86_64, armv7l, xtensa, web.") @Default("*") String arch,
      @Doc("A new one joins the group or room of this name; it is made if there is none.")
          @Default("")
          String group,
      @Doc("A new one's group listens to this stream.") @Default("") String stream,
      @Doc("Volume of a new one in percent.") @Range(min = 0, max = 100) @Nullable Integer volume,
      @Doc("The most volume it can be given, by whomever.") @Range(min = 0, max = 100)
          @Nullable Integer maxVolume,
      @Doc("Latency of a new one in milliseconds.") @Range(min = -10_000, max = 10_000)
          @Nullable Integer latencyMs,
      @Doc("How long a new one's volume takes to rise from nothing, in milliseconds.")
          @Range(min = 0, max = 60_000)
          @Nullable Integer rampMs,
      @Doc("Its buffer in milliseconds, instead of that of [audio]; all stay in sync.")
          @Range(min = 20, max = 60_000)
          @Nullable Integer bufferMs,
      @Doc("The most buffer it has memory for, for example 700 for a small board.")
          @Range(min = 20, max = 60_000)
          @Nullable Integer maxBufferMs) {}

  /** A group that stays. */
  public record Room(
      @Doc("Its name.") @Default("") String name,
      @Doc("The stream it listens to at first; empty for the default one.") @Default("")
          String stream,
      @Doc("Its volume at first, which its players' volumes are multiplied with.")
          @Default("100")
          @Range(min = 0, max = 100)
          int volume) {}

  /** Who may do what, and where a token or user is needed. */
  public record Access(
      @Doc(
              "Who may stream without a token: open (everybody), lan (the local networks), localhost,"
                  + " token (nobody), or auto: lan, and token once a token or user is configured.")
          @Default("auto")
          Openness stream,
      @Doc("The same for the control port.") @Default("auto") Openness control,
      @Doc("The same for the page, /jsonrpc and all else over HTTP.") @Default("auto") Openness web,
      @Doc(
              "Tokens, one [[access.token]] each: programs show them as Authorization: Bearer, or as"
                  + " the password of any user.")
          List<Token> token,
      @Doc("Users, one [[access.user]] each: browsers and snapclients ask for them.")
          List<User> user) {
    /** Nobody configured, all doors open to the local networks. */
    public static final Access NOBODY =
        new Access(Openness.AUTO, Openness.AUTO, Openness.AUTO, List.of(), List.of());

    /** Who needs nothing to show. */
    public enum Openness {
      AUTO,
      OPEN,
      LAN,
      LOCALHOST,
      TOKEN
    }

    /** A token. */
    public record Token(
        @Doc("What it is called in logs.") @Default("") String name,
        @Doc("The token, or sha256: and its hash in hex.") @Default("") String token,
        @Doc("listen, control (all of Snapcast's control API) or admin.") @Default("control")
            Scope scope) {}

    /** A user. */
    public record User(
        @Doc("Its name.") @Default("") String name,
        @Doc("Its password, or sha256: and its hash in hex.") @Default("") String password,
        @Doc("listen, control or admin.") @Default("control") Scope scope) {}
  }

  /** Outgoing fetches. */
  public record Fetch(
      @Doc(
              "Hosts, addresses and ranges in your own network that may be fetched from, for example"
                  + " \"nas.local\" or \"192.168.1.0/24\"; the internet may always be.")
          @Default("[]")
          List<String> allow) {}

  /** Which plugins run. */
  public record Plugins(
      @Doc("Ids of plugins that are not started.") @Default("[]") List<String> disabled) {}

  /** The log. */
  public record Log(
      @Doc("How much: error, warn, info, debug or trace.") @Default("info") Level level) {
    /** Severity from which lines are written. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG,
      TRACE
    }
  }
}
