import {el, setText} from './dom.js';
import {span} from './reports.js';
import {ROOT} from './root.js';

/** Asks twice a second how everything does, and shows it in tables. */

const PERIOD_MS = 500;
const NOTHING = '–';

const number = value => (value ?? 0).toLocaleString('en');
const millis = micros => (micros / 1000).toFixed(1);
const known = micros => (micros < 0 ? NOTHING : span(micros));
const signed = micros => (micros < 0 ? '-' : '') + span(Math.abs(micros));
const seconds = ms => (ms / 1000).toFixed(1);
const mebi = bytes => (bytes / 1048576).toFixed(1);

/**
 * Each table: its title, where its rows are, and its columns. A column: heading, text of a row,
 * and, where that is worth a look, when it is bad.
 */
const TABLES = [
  ['Streams', all => all.streams, [
    ['stream', r => r.id],
    ['source', r => r.kind],
    ['sound', r => (r.sounding ? 'yes' : 'no')],
    ['listeners', r => number(r.listeners)],
    ['rendered ahead ms', r => number(r.aheadMs)],
    ['queued ms', r => number(r.queuedMs)],
    ['frames/s', r => (r.framesPerSecond ? r.framesPerSecond.toFixed(1) : NOTHING)],
    ['clock', r => (r.clock === 'followed' ? r.clockPpm.toFixed(0) + ' ppm' : r.clock)],
    ['underruns', r => number(r.underruns), r => r.underruns > 0],
    ['problem', r => r.problem, r => r.problem !== ''],
  ]],
  ['Encoders', all => all.encoders, [
    ['feed', r => r.feed],
    ['codec', r => r.codec],
    ['format', r => r.format],
    ['lead ms', r => number(r.leadMs)],
    ['ahead ms', r => number(r.aheadMs)],
    ['chunks', r => number(r.chunks)],
    ['MiB', r => mebi(r.bytes)],
    ['holes', r => number(r.holes)],
  ]],
  ['Sessions', all => all.sessions, [
    ['client', r => r.client || NOTHING],
    ['host', r => r.host],
    ['software', r => r.software],
    ['address', r => r.address],
    ['feed', r => r.feed || NOTHING],
    ['codec', r => r.codec],
    ['buffer ms', r => number(r.bufferMs)],
    ['muted', r => (r.muted ? 'yes' : 'no')],
    ['connected s', r => seconds(r.connectedMs)],
    ['queue chunks', r => number(r.waitingChunks), r => r.waitingChunks > 10],
    ['queue bytes', r => number(r.waitingBytes)],
    ['stuck s', r => seconds(r.stuckMs), r => r.stuckMs > 1000],
    ['dropped', r => number(r.droppedChunks), r => r.droppedChunks > 0],
    ['round trip ms ≤', r => (r.roundTripMicros < 0 ? NOTHING : millis(r.roundTripMicros))],
    ['Time reply age ms', r => millis(r.replyAgeMicros), r => r.replyAgeMicros > 5000],
    ['worst', r => millis(r.worstReplyAgeMicros)],
    ['last Time s ago', r => seconds(r.sinceTimeMs), r => r.sinceTimeMs > 3000],
  ]],
  ['Players', all => all.sessions.filter(s => s.player).map(s => ({client: s.client, ...s.player})), [
    ['client', r => r.client],
    ['plays', r => (r.playing ? 'yes' : 'no')],
    ['early', r => (r.likelyMicros < 0 ? NOTHING : signed(r.errorMicros)), r => Math.abs(r.errorMicros) > 2000],
    ['± usually', r => known(r.likelyMicros)],
    ['± certainly', r => known(r.boundMicros), r => r.boundMicros > 20000],
    ['in hand ms', r => number(r.bufferMs)],
    ['mode', r => (r.mode || NOTHING) + (r.degraded ? ', degraded' : ''), r => r.mode === 'fallback' || r.degraded],
    ['has fallback', r => (r.fallbackReady ? 'yes' : 'no')],
    ['switches', r => number(r.switches), r => r.switches > 0],
    ['fallback s', r => number(r.fallbackSeconds)],
    ['fallback ± ms', r => known(r.fallbackErrorMicros)],
    ['server ppm', r => r.driftPpm.toFixed(2)],
    ['device ppm', r => r.devicePpm.toFixed(2)],
    ['steering ppm', r => r.steeringPpm.toFixed(2)],
    ['underruns', r => number(r.underruns), r => r.underruns > 0],
    ['resyncs', r => number(r.resyncs), r => r.resyncs > 0],
    ['device breaks', r => number(r.deviceBreaks), r => r.deviceBreaks > 0],
    ['late', r => number(r.lateChunks)],
    ['device delay', r => span(r.deviceDelayMicros)],
    ['round trip', r => known(r.roundTripMicros)],
    ['output', r => r.output],
    ['software', r => r.software],
    ['s ago', r => seconds(r.ageMs), r => r.ageMs > 5000],
  ]],
  ['Clients', all => all.clients, [
    ['client', r => r.id],
    ['called', r => r.label],
    ['connected', r => (r.connected ? 'yes' : 'no')],
    ['stream', r => r.stream],
    ['group', r => r.group],
    ['volume', r => number(r.volumePercent)],
    ['muted', r => (r.muted ? 'yes' : 'no')],
    ['latency ms', r => number(r.latencyMs)],
    ['software', r => r.software ?? NOTHING],
    ['last seen', r => new Date(r.lastSeenEpochSeconds * 1000).toLocaleString()],
  ]],
  ['Plugins', all => all.plugins, [
    ['plugin', r => r.id],
    ['version', r => r.version],
    ['state', r => r.state, r => !['running', 'disabled'].includes(r.state)],
    ['reason', r => r.reason],
    ['threads', r => number(r.threads)],
    ['errors', r => number(r.errors), r => r.errors > 0],
    ['starts', r => number(r.starts)],
  ]],
  ['Threads', all => all.threads, [
    ['thread', r => r.name],
    ['state', r => r.state],
    ['cpu s', r => seconds(r.cpuMs)],
  ]],
  ['Buffers', all => all.buffers, [
    ['memory', r => r.name],
    ['MiB', r => mebi(r.bytes)],
    ['count', r => (r.count === undefined ? NOTHING : number(r.count))],
  ]],
];

async function get(path) {
  const response = await fetch(new URL(ROOT + path, document.baseURI));
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** The stream server may not be running; the rest is worth seeing all the more. */
async function look() {
  const [host, house, snapcast] = await Promise.all([
    get('api/debug'),
    get('api/state'),
    get('api/debug/snapcast').catch(() => ({sessions: [], encoders: []})),
  ]);
  const {heapUsed, outside} = host.buffers;
  const clients = house.groups.flatMap(group => group.players.map(
    player => ({...player, stream: group.streamId, group: group.name || group.id})));
  return {...host, ...snapcast, clients, buffers: [{name: 'heap', bytes: heapUsed}, ...outside]};
}

function cell([, text, bad], row) {
  const shown = text(row);
  const td = el('td', {}, shown);
  if (/^[-–\d.,]+( (µs|ms|s))?$/.test(shown)) td.classList.add('number');
  if (bad?.(row)) td.classList.add('bad');
  return td;
}

function table([title, rows, columns], all) {
  const list = rows(all);
  return el('section', {id: title.toLowerCase()},
    el('h2', {}, `${title} (${list.length})`),
    el('table', {},
      el('thead', {}, el('tr', {}, ...columns.map(([heading]) => el('th', {}, heading)))),
      el('tbody', {}, ...list.map(row => el('tr', {}, ...columns.map(c => cell(c, row)))))));
}

async function refresh() {
  const link = document.getElementById('link');
  try {
    const all = await look();
    // A selection, such as for copying, would be lost.
    if (getSelection().isCollapsed) {
      document.getElementById('tables').replaceChildren(...TABLES.map(t => table(t, all)));
    }
    link.dataset.state = 'live';
    setText(document.getElementById('link-text'), 'Live');
  } catch (problem) {
    link.dataset.state = 'lost';
    setText(document.getElementById('link-text'), `No answer (${problem.message})`);
  }
  setTimeout(refresh, document.hidden ? 10 * PERIOD_MS : PERIOD_MS);
}

refresh();
