import {el, icon, setText} from '../dom.js';
import {toast} from '../toast.js';

/** What a house without players, or without streams, needs to know. */
export class Welcome {
  constructor() {
    this.command = el('code');
    this.node = el('section.card.welcome', {},
      el('h2', {}, 'Add your first room'),
      el('p', {}, 'Any Snapcast client can join. On a computer or Raspberry Pi, install ',
        el('b', {}, 'snapclient'), ' and run:'),
      el('div.command', {}, this.command,
        el('button.round', {type: 'button', 'aria-label': 'Copy the command', title: 'Copy', onclick: () => this.#copy()},
          icon('copy'))),
      el('p.soft', {}, 'On the same network it usually finds this server by itself, so plain ', el('code', {}, 'snapclient'),
        ' will do. On Android there is the app Snapdroid. Rooms appear here as soon as they connect.'));
  }

  /** @param {import('../types.js').Snapshot} snapshot */
  update(snapshot) {
    setText(this.command, `snapclient -h ${snapshot.server.address}`);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.command.textContent);
      toast('Copied.');
    } catch {
      // Browsers give the clipboard to secure pages only; the text can still be selected.
      getSelection().selectAllChildren(this.command);
      toast('Press Ctrl+C to copy.');
    }
  }
}
