/**
 * A value that the user has just set and the server has not yet confirmed. While it is held, what
 * the server says is remembered but not shown: a slider never jumps back under a finger.
 */

/** Longer than a command's way there and its picture's way back. */
const HOLD_MS = 1200;

export class Held {
  #show;
  #server = undefined;
  #held = false;
  #grabbed = false;
  #timer = 0;

  /** @param {(value: any) => void} show called with the value that is to be seen */
  constructor(show) {
    this.#show = show;
  }

  /** The server's value. */
  update(value) {
    this.#server = value;
    if (!this.#held) this.#show(value);
  }

  /** The user's value. */
  set(value) {
    this.#held = true;
    this.#show(value);
    this.#releaseLater();
  }

  /** Between these two the user's finger is on it. */
  grab() {
    this.#grabbed = true;
    this.#held = true;
    clearTimeout(this.#timer);
  }

  letGo() {
    this.#grabbed = false;
    this.#releaseLater();
  }

  /** The server did not want it. */
  reject() {
    clearTimeout(this.#timer);
    this.#held = false;
    this.#show(this.#server);
  }

  #releaseLater() {
    clearTimeout(this.#timer);
    if (this.#grabbed) return;
    this.#timer = setTimeout(() => {
      this.#held = false;
      this.#show(this.#server);
    }, HOLD_MS);
  }
}
