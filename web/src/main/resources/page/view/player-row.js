import {el, icon, setAttribute, setIcon, setText} from '../dom.js';
import {latestOnly, post} from '../api.js';
import {Held} from '../held.js';
import {brief, full, tells} from '../reports.js';
import {ago} from '../text.js';
import {slider} from './slider.js';

/** One player: its name, whether it is there, its volume. */
export class PlayerRow {
  /** @type {import('../types.js').Player} */
  #player;
  /** @type {?import('../types.js').Report} */
  #report = null;
  #muted = false;

  constructor() {
    this.name = el('button.name', {type: 'button', title: 'Rename', onclick: () => this.#rename()});
    this.nameText = el('span.name-text');
    this.name.append(this.nameText, icon('pencil'));
    this.detail = el('p.detail');
    this.percent = el('output.percent', {'aria-hidden': 'true'});
    this.muteIcon = icon('speaker');
    this.mute = el('button.round', {type: 'button', onclick: () => this.#toggleMute()}, this.muteIcon);

    this.muteHeld = new Held(muted => this.#showMuted(muted));
    const send = latestOnly(async volumePercent => {
      if (!(await this.#post({volumePercent}))) this.volume.reject();
    });
    this.volume = slider({
      max: 100,
      step: 1,
      classes: '.volume',
      say: value => `${value} percent`,
      shown: value => setText(this.percent, String(value)),
      moved: value => send(value),
    });

    this.title = el('div.title-line', {}, this.name, this.detail);
    this.node = el('li.player', {}, this.title, this.mute, this.volume.node, this.percent);
  }

  /** @param {import('../types.js').Player} player */
  update(player) {
    this.#player = player;
    this.node.classList.toggle('away', !player.connected);
    setText(this.nameText, player.label);
    setAttribute(this.name, 'aria-label', `Rename ${player.label}`);
    this.#showDetail();
    setAttribute(this.volume.node, 'aria-label', `Volume of ${player.label}`);
    this.volume.update(player.volumePercent);
    this.muteHeld.update(player.muted);
  }

  /** @param {?import('../types.js').Report} report null if it says nothing of itself */
  tell(report) {
    this.#report = report;
    this.#showDetail();
  }

  #showDetail() {
    const report = tells(this.#player) ? this.#report : null;
    setText(this.detail, (report ? brief(report) + ' · ' : '') + detail(this.#player));
    setAttribute(this.detail, 'title', report ? full(report) : '');
  }

  #showMuted(muted) {
    this.#muted = muted;
    this.node.classList.toggle('muted', muted);
    setIcon(this.muteIcon, muted ? 'muted' : 'speaker');
    setAttribute(this.mute, 'aria-pressed', String(muted));
    setAttribute(this.mute, 'aria-label', `Mute ${this.#player.label}`);
    setAttribute(this.mute, 'title', muted ? 'Unmute' : 'Mute');
  }

  async #toggleMute() {
    const muted = !this.#muted;
    this.muteHeld.set(muted);
    if (!(await this.#post({muted}))) this.muteHeld.reject();
  }

  #rename() {
    const before = this.#player.name;
    let done = false;
    const end = async save => {
      if (done) return;
      done = true;
      const name = input.value.trim();
      const hadFocus = document.activeElement === input;
      input.replaceWith(this.name);
      if (hadFocus) this.name.focus();
      if (!save || name === before) return;
      setText(this.nameText, name || this.#player.host || this.#player.id);
      if (!(await this.#post({name}))) setText(this.nameText, this.#player.label);
    };
    const input = el('input.name-input', {
      type: 'text',
      value: before,
      maxLength: 100,
      placeholder: this.#player.host || this.#player.id,
      'aria-label': `Name of ${this.#player.label}`,
      onblur: () => end(true),
      onkeydown: event => {
        if (event.isComposing) return;
        if (event.key === 'Enter') end(true);
        if (event.key === 'Escape') end(false);
      },
    });
    this.name.replaceWith(input);
    input.focus();
    input.select();
  }

  #post(body) {
    return post(['players', this.#player.id], body);
  }
}

function detail(player) {
  if (!player.connected) {
    return player.lastSeenEpochSeconds > 0 ? `Away, last seen ${ago(player.lastSeenEpochSeconds)}` : 'Away';
  }
  const words = [player.software, player.host !== player.label ? player.host : ''];
  return words.filter(Boolean).join(' on ') || 'Connected';
}
