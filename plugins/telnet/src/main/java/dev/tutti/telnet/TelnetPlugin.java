package dev.tutti.telnet;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.access.Access;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets scripts control the streams by lines of text, if it is enabled (S0-30). */
public final class TelnetPlugin implements Plugin {
  /** How long a successor may have to wait for the port. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private @Nullable Door door;
  private @Nullable Thread serving;

  @Override
  public void start(PluginContext context) throws IOException {
    TelnetSettings settings = context.config(TelnetSettings.class);
    if (!settings.enabled()) {
      return;
    }
    Access access = context.services().find(Access.class).get().orElseThrow();
    Commands commands = new Commands(context.streams());
    ServerSocketChannel listening = listen(settings);
    Door opened =
        new Door(
            listening,
            listening::accept,
            remote -> new Conversation(new Permit(access, remote, commands::answer)),
            context.clock(),
            context.log());
    door = opened;
    serving = context.schedule().thread("door", opened);
    context.log().log(
        Level.INFO,
        "takes lines of text at {0}:{1,number,#}",
        settings.bind(),
        opened.address().getPort());
  }

  private static ServerSocketChannel listen(TelnetSettings settings) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      InetAddress bind = InetAddress.getByName(settings.bind());
      return listening.bind(new InetSocketAddress(bind, settings.port()), Door.MOST_CALLERS);
    } catch (IOException e) {
      listening.close();
      throw new IOException(
          "no lines can be taken at "
              + settings.bind()
              + ":"
              + settings.port()
              + " ("
              + e.getMessage()
              + "); another place is set with bind and port in [plugins.telnet]",
          e);
    }
  }

  /** Where lines are taken; null if they are not. */
  @Nullable InetSocketAddress address() {
    return door == null ? null : door.address();
  }

  /** Leaves the port to a successor. */
  @Override
  public void stop() throws InterruptedException {
    if (door != null && serving != null) {
      door.close();
      serving.join(FAREWELL);
    }
  }
}
