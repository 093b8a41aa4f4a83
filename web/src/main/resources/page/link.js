import {explainRefusal} from './api.js';
import {ROOT} from './root.js';

/**
 * The live line to the server: connects, reconnects for as long as the page is open, and notices a
 * line that has gone dead without saying so.
 */

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;
/** The server says something every 10 s. */
const SILENCE_MS = 25000;

export class Link {
  /** @type {?WebSocket} */
  #socket = null;
  #retryMs = FIRST_RETRY_MS;
  #retryTimer = 0;
  #silenceTimer = 0;
  #everHeard = false;
  #onMessage;
  #onState;

  /**
   * @param {(message: any) => void} onMessage
   * @param {(state: 'connecting'|'live'|'lost') => void} onState
   */
  constructor(onMessage, onState) {
    this.#onMessage = onMessage;
    this.#onState = onState;
    addEventListener('online', () => this.#retryNow());
    addEventListener('pageshow', () => this.#retryNow());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#retryNow();
    });
  }

  open() {
    clearTimeout(this.#retryTimer);
    const url = new URL(ROOT + 'ws/live', document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#listenForSilence(socket);
    socket.onmessage = event => {
      if (socket !== this.#socket) return;
      this.#listenForSilence(socket);
      this.#retryMs = FIRST_RETRY_MS;
      this.#everHeard = true;
      this.#onMessage(JSON.parse(event.data));
      this.#onState('live');
    };
    socket.onclose = () => this.#lost(socket);
  }

  #listenForSilence(socket) {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lost(socket), SILENCE_MS);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#silenceTimer);
    socket.close();
    this.#onState('lost');
    if (!this.#everHeard) explainRefusal();
    // A little chance, so that a house full of pages does not come back in one instant.
    this.#retryTimer = setTimeout(() => this.open(), this.#retryMs * (0.75 + Math.random() / 2));
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #retryNow() {
    if (this.#socket === null) {
      this.#retryMs = FIRST_RETRY_MS;
      this.open();
    }
  }
}
