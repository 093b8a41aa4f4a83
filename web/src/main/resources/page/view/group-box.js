import {arrange, el, icon, setAttribute, setIcon, setText} from '../dom.js';
import {Held} from '../held.js';
import {post} from '../api.js';
import {PlayerRow} from './player-row.js';

/** Players that hear together: their names, what they hear, and one button to hush them all. */
export class GroupBox {
  /** @type {import('../types.js').Group} */
  #group;
  #muted = false;

  /** @param {Map<string, any>} rows the rows of all players of the page */
  constructor(rows) {
    this.rows = rows;
    this.heading = el('h3.group-name');
    this.select = el('select', {'aria-label': 'Stream', onchange: () => this.#listenTo(this.select.value)});
    this.picker = el('div.picker', {}, this.select, icon('chevron'));
    this.muteIcon = icon('speaker');
    this.muteText = el('span');
    this.mute = el('button.quiet', {type: 'button', onclick: () => this.#toggleMute()}, this.muteIcon, this.muteText);
    this.head = el('div.group-head', {}, this.heading, this.picker, this.mute);
    this.list = el('ul.players');
    this.node = el('section.group', {}, this.head, this.list);
    this.muteHeld = new Held(muted => this.#showMuted(muted));
    this.streamHeld = new Held(id => {
      if (this.select.value !== id) this.select.value = id;
    });
  }

  /** @param {{group: import('../types.js').Group, streams: import('../types.js').Stream[]}} item */
  update({group, streams}) {
    this.#group = group;
    const label = group.name || group.players.map(each => each.label).join(' + ');
    setText(this.heading, label);
    setAttribute(this.node, 'aria-label', label);
    setAttribute(this.select, 'aria-label', `Stream for ${label}`);
    this.#offer(streams);
    this.streamHeld.update(group.streamId);
    // One player alone needs no roof with its name on it, unless there is something to choose.
    const alone = group.players.length === 1 && !group.name;
    this.node.classList.toggle('alone', alone);
    this.picker.hidden = streams.length < 2;
    this.node.classList.toggle('choosing', streams.length > 1);
    this.heading.hidden = alone;
    this.muteHeld.update(group.muted);
    arrange(this.list, this.rows, group.players, player => player.id, () => new PlayerRow());
  }

  #offer(streams) {
    const ids = streams.map(each => each.id);
    if (ids.join('\n') === this.offered) return;
    this.offered = ids.join('\n');
    this.select.replaceChildren(...ids.map(id => el('option', {value: id}, id)));
  }

  #showMuted(muted) {
    this.#muted = muted;
    this.node.classList.toggle('hushed', muted);
    setIcon(this.muteIcon, muted ? 'muted' : 'speaker');
    setText(this.muteText, muted ? 'Group muted' : 'Mute group');
    setAttribute(this.mute, 'aria-pressed', String(muted));
    setAttribute(this.mute, 'aria-label', `Mute group ${this.heading.textContent}`);
    const alone = this.node.classList.contains('alone');
    this.mute.hidden = alone && !muted;
    this.head.hidden = this.heading.hidden && this.picker.hidden && this.mute.hidden;
  }

  async #toggleMute() {
    const muted = !this.#muted;
    this.muteHeld.set(muted);
    if (!(await post(['groups', this.#group.id], {muted}))) this.muteHeld.reject();
  }

  async #listenTo(streamId) {
    this.streamHeld.set(streamId);
    if (!(await post(['groups', this.#group.id], {streamId}))) this.streamHeld.reject();
  }
}
