package dev.tutti.player.device;

import dev.tutti.api.json.Json;

/**
 * What a call is answered with.
 *
 * @param status of HTTP
 */
record Answer(int status, String type, String text) {
  static Answer of(Json json) {
    return of(200, json);
  }

  static Answer of(int status, Json json) {
    return new Answer(status, "application/json", json + "\n");
  }
}
