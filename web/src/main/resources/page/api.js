import {ROOT} from './root.js';
import {sentence} from './text.js';
import {toast} from './toast.js';

/**
 * Sends a command. What goes wrong is shown to the user in the server's own words.
 *
 * @param {string[]} path its parts; any text
 * @param {object} body
 * @returns {Promise<boolean>} whether it was accepted
 */
export async function post(path, body) {
  const url = new URL(ROOT + 'api/' + path.map(encodeURIComponent).join('/'), document.baseURI);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(body),
    });
    if (response.ok) return true;
    const answer = await response.json().catch(() => ({}));
    toast(sentence(answer.error ?? `The server answered ${response.status}`));
  } catch {
    toast('The server cannot be reached.');
  }
  return false;
}

/** A WebSocket that is refused does not say why; a request does. */
export async function explainRefusal() {
  try {
    // As a POST, because only then a browser says which page it comes from.
    const response = await fetch(new URL(ROOT + 'api/state', document.baseURI), {method: 'POST', body: ''});
    const answer = await response.json();
    if (response.status === 403) toast(sentence(answer.error));
  } catch {
    // The server is not there at all; the page says so already.
  }
}

/**
 * For what is dragged: one request at a time, and of what piles up meanwhile only the last.
 *
 * @param {(value: any) => Promise<unknown>} send
 */
export function latestOnly(send) {
  let busy = false;
  let waiting = null;
  return async function offer(value) {
    waiting = {value};
    if (busy) return;
    busy = true;
    while (waiting) {
      const next = waiting.value;
      waiting = null;
      await send(next);
    }
    busy = false;
  };
}
