import {arrange, forget, setText, sweep} from './dom.js';
import {Link} from './link.js';
import {StreamCard} from './view/stream-card.js';
import {Welcome} from './view/welcome.js';
import {setServerNow} from './clock.js';
import {askReports, tells} from './reports.js';
import {GUEST, ROOT} from './root.js';

const TICK_MS = 250;
const REPORTS_MS = 2000;
const LINK_WORDS = {connecting: 'Connecting…', live: 'Live', lost: 'Reconnecting…'};

const house = document.getElementById('house');
const cards = new Map();
const boxes = new Map();
const rows = new Map();
const welcome = new Welcome();
let somebodyTells = false;

/** @param {import('./types.js').Snapshot} snapshot */
function show(snapshot) {
  setText(document.getElementById('server'), snapshot.server.name);
  const houseIsEmpty = snapshot.groups.length === 0;
  const views = snapshot.streams.map(stream => ({
    stream,
    houseIsEmpty,
    streams: snapshot.streams,
    groups: snapshot.groups.filter(group => group.streamId === stream.id),
  }));
  const items = houseIsEmpty ? [...views, {welcome: snapshot}] : views;
  arrange(house, cards, items,
    item => (item.welcome ? 'welcome' : 'stream ' + item.stream.id),
    item => (item.welcome
      ? {node: welcome.node, update: it => welcome.update(it.welcome)}
      : new StreamCard(boxes, rows)));
  sweep();
  house.setAttribute('aria-busy', 'false');
  forget(cards, new Set(items.map(item => (item.welcome ? 'welcome' : 'stream ' + item.stream.id))));
  forget(boxes, new Set(snapshot.groups.map(group => group.id)));
  forget(rows, new Set(snapshot.groups.flatMap(group => group.players.map(player => player.id))));
  somebodyTells = snapshot.groups.some(group => group.players.some(tells));
  const playing = views.find(view => view.stream.playback === 'playing' && view.stream.track.title);
  document.title = playing ? `${playing.stream.track.title} – Tutti` : 'Tutti';
}

function hear(message) {
  setServerNow(message.serverNowMicros);
  if (message.type === 'snapshot') show(message);
}

function showLink(state) {
  const node = document.getElementById('link');
  if (node.dataset.state === state) return;
  node.dataset.state = state;
  setText(document.getElementById('link-text'), LINK_WORDS[state]);
  document.body.classList.toggle('offline', state === 'lost');
}

setInterval(() => {
  if (!document.hidden) cards.forEach(card => card.tick?.());
}, TICK_MS);

setInterval(async () => {
  if (document.hidden || !somebodyTells) return;
  const reports = await askReports();
  rows.forEach((row, id) => row.tell(reports.get(id) ?? null));
}, REPORTS_MS);

if (GUEST) {
  const guest = document.getElementById('guest');
  guest.href = GUEST;
  guest.hidden = false;
}

/** Shows the way to another plugin's page, where there is that plugin. */
async function offer(id, path) {
  const url = new URL(ROOT + path, document.baseURI);
  const answer = await fetch(url, {method: 'HEAD'}).catch(() => null);
  if (!answer?.ok) return;
  const link = document.getElementById(id);
  link.href = url;
  link.hidden = false;
}

offer('fallback', 'fallback/');
new Link(hear, showLink).open();
