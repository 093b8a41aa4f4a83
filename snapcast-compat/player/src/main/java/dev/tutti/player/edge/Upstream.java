package dev.tutti.player.edge;

import dev.tutti.player.mixer.Volume;
import dev.tutti.snapcast.protocol.Hello;

/** The way to the server of the house, as {@link StandIn} sees it. Nothing here blocks. */
interface Upstream {
  /** Connects as this client, and stays connected, again and again. */
  void begin(Hello hello);

  /** The client itself has changed its volume. */
  void volumeChanged(Volume volume);

  /** What the server lets pass from capture to being heard; 0 while none serves. */
  int bufferMs();

  /** Parts with the server. */
  void end();
}
