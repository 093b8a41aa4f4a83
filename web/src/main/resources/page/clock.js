/** The server's clock, as well as a page can know it. */

let offsetMicros = 0;

/** @param {number} serverNowMicros as just received */
export function setServerNow(serverNowMicros) {
  offsetMicros = serverNowMicros - performance.now() * 1000;
}

export function serverNowMicros() {
  return performance.now() * 1000 + offsetMicros;
}
