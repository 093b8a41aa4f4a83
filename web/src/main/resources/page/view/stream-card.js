import {arrange, el, icon, setAttribute, setIcon, setText} from '../dom.js';
import {clockTime, sentence} from '../text.js';
import {serverNowMicros} from '../clock.js';
import {Held} from '../held.js';
import {latestOnly, post} from '../api.js';
import {GroupBox} from './group-box.js';
import {cover} from './cover.js';
import {slider} from './slider.js';

const REPEATS = ['none', 'all', 'track'];
const REPEAT_WORDS = {none: 'Repeat off', all: 'Repeat all', track: 'Repeat this track'};
const STATES = {playing: 'Playing', paused: 'Paused', stopped: 'Stopped'};

/** One stream: what it plays, its buttons, and who hears it. */
export class StreamCard {
  /** @type {import('../types.js').Stream} */
  #stream;
  #playback = 'stopped';
  #heard = false;

  /** @param {Map<string, any>} boxes @param {Map<string, any>} playerRows of the whole page */
  constructor(boxes, playerRows) {
    this.boxes = boxes;
    this.playerRows = playerRows;
    this.cover = cover(hue => this.node.style.setProperty('--hue', String(Math.round(hue))));
    this.name = el('span.stream-name');
    this.state = el('span.stream-state');
    this.title = el('h2.track-title');
    this.artist = el('p.track-artist');
    this.#buildPosition();
    this.#buildTransport();
    this.problem = el('p.problem', {role: 'alert', hidden: true}, icon('warning'), el('span'));
    this.groups = el('div.groups');
    this.nobody = el('p.nobody', {hidden: true}, 'No room listens to this stream.');
    this.rooms = el('div.rooms', {}, this.groups, this.nobody);
    this.node = el('article.card', {},
      el('div.now', {},
        this.cover.node,
        el('div.about', {},
          el('p.eyebrow', {}, this.name, this.state), this.title, this.artist),
        el('div.controls', {}, this.position, this.transport),
        this.problem),
      this.rooms);
  }

  #buildPosition() {
    this.elapsed = el('span.time');
    this.length = el('span.time');
    const go = latestOnly(async positionMs => {
      if (!(await this.#command({command: 'seek', positionMs}))) this.seek.reject();
    });
    this.seek = slider({
      max: 1,
      step: 1000,
      classes: '.seek',
      say: value => `${clockTime(value)} of ${clockTime(Number(this.seek?.node.max ?? 0))}`,
      shown: value => setText(this.elapsed, clockTime(value)),
      keyStep: 5000,
      moved: (value, done) => {
        if (done) go(value);
      },
    });
    this.position = el('div.position', {}, this.seek.node, this.elapsed, this.length);
  }

  #buildTransport() {
    this.shuffleHeld = new Held(on => {
      setAttribute(this.shuffle, 'aria-pressed', String(on));
    });
    this.repeatHeld = new Held(mode => {
      setIcon(this.repeat.firstChild, mode === 'track' ? 'repeat-one' : 'repeat');
      setAttribute(this.repeat, 'aria-pressed', String(mode !== 'none'));
      setAttribute(this.repeat, 'aria-label', REPEAT_WORDS[mode]);
      setAttribute(this.repeat, 'title', REPEAT_WORDS[mode]);
      this.repeatMode = mode;
    });
    this.playHeld = new Held(playback => this.#showPlayback(playback));
    this.shuffle = round('shuffle', 'Shuffle', () => this.#toggleShuffle());
    this.previous = round('previous', 'Previous', () => this.#command({command: 'previous'}));
    this.play = round('play', 'Play', () => this.#togglePlay());
    this.play.classList.add('main');
    this.next = round('next', 'Next', () => this.#command({command: 'next'}));
    this.repeat = round('repeat', 'Repeat', () => this.#cycleRepeat());
    this.transport = el('div.transport', {role: 'group', 'aria-label': 'Playback'},
      this.shuffle, this.previous, this.play, this.next, this.repeat);
  }

  /**
   * @param {{stream: import('../types.js').Stream, streams: import('../types.js').Stream[],
   *   groups: import('../types.js').Group[], houseIsEmpty: boolean}} item
   */
  update({stream, streams, groups, houseIsEmpty}) {
    this.#stream = stream;
    this.#heard = groups.some(group => group.players.some(player => player.connected));
    const track = stream.track;
    setText(this.name, stream.id);
    setText(this.title, track.title || stream.id);
    setText(this.artist, [track.artists.join(', '), track.album].filter(Boolean).join(' · '));
    this.cover.update(track, stream.id);
    this.#updateControls(stream);
    this.problem.hidden = !stream.problem;
    setText(this.problem.lastChild, sentence(stream.problem));
    this.tick();
    const unheard = groups.length === 0 && !houseIsEmpty;
    this.node.classList.toggle('small', unheard || stream.can.length === 0);
    this.nobody.hidden = !unheard;
    this.rooms.hidden = houseIsEmpty;
    arrange(this.groups, this.boxes, groups.map(group => ({group, streams})), item => item.group.id,
      () => new GroupBox(this.playerRows));
  }

  #updateControls(stream) {
    const can = new Set(stream.can);
    this.playHeld.update(stream.playback);
    this.#showState();
    this.shuffleHeld.update(stream.shuffle);
    this.repeatHeld.update(stream.repeat);
    this.shuffle.hidden = this.repeat.hidden = !can.has('order');
    this.previous.hidden = !can.has('previous');
    this.next.hidden = !can.has('next');
    this.play.hidden = !can.has('play') && !can.has('pause');
    this.transport.hidden = [...this.transport.children].every(each => each.hidden);
    const length = stream.track.durationMs;
    this.seek.setMax(length ?? 1);
    this.seek.node.disabled = !can.has('seek') || length === null;
    this.position.classList.toggle('endless', length === null);
    setText(this.length, length === null ? '' : clockTime(length));
    setAttribute(this.seek.node, 'aria-label', `Position in ${stream.track.title || stream.id}`);
  }

  /** Moves the position on; a few times a second. */
  tick() {
    const stream = this.#stream;
    const runs = stream.playback === 'playing' && stream.activity === 'playing';
    const since = runs ? Math.max(0, serverNowMicros() - stream.positionAtMicros) / 1000 : 0;
    const at = stream.positionMs + since;
    const length = stream.track.durationMs;
    if (length === null) setText(this.elapsed, at > 0 ? clockTime(at) : '');
    else this.seek.update(Math.floor(Math.min(at, length) / 1000) * 1000);
  }

  #showPlayback(playback) {
    this.#playback = playback;
    const playing = playback === 'playing';
    setIcon(this.play.firstChild, playing ? 'pause' : 'play');
    setAttribute(this.play, 'aria-label', playing ? 'Pause' : 'Play');
    setAttribute(this.play, 'title', playing ? 'Pause' : 'Play');
    this.node.dataset.playback = playback;
    this.#showState();
  }

  #showState() {
    const {pending, activity} = this.#stream;
    // A stream that nobody hears is not rendered, and counts as idle without any fault.
    const waits = this.#playback === 'playing' && activity === 'idle' && this.#heard;
    const state = waits ? 'Waiting for sound' : STATES[this.#playback];
    setText(this.state, pending ? `Changing to ${pending.title || 'another track'}` : state);
  }

  async #togglePlay() {
    const playing = this.#playback === 'playing';
    this.playHeld.set(playing ? 'paused' : 'playing');
    if (!(await this.#command({command: playing ? 'pause' : 'play'}))) this.playHeld.reject();
  }

  async #toggleShuffle() {
    const on = this.shuffle.getAttribute('aria-pressed') !== 'true';
    this.shuffleHeld.set(on);
    if (!(await this.#command({command: 'shuffle', on}))) this.shuffleHeld.reject();
  }

  async #cycleRepeat() {
    const mode = REPEATS[(REPEATS.indexOf(this.repeatMode) + 1) % REPEATS.length];
    this.repeatHeld.set(mode);
    if (!(await this.#command({command: 'repeat', mode}))) this.repeatHeld.reject();
  }

  #command(body) {
    return post(['streams', this.#stream.id, 'command'], body);
  }
}

function round(symbol, label, onclick) {
  return el('button.round', {type: 'button', title: label, 'aria-label': label, onclick}, icon(symbol));
}
