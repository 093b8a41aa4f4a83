import {ROOT} from './root.js';

/** How Tutti's own players say that they do; others say nothing of themselves. */

/** @param {import('./types.js').Player} player */
export function tells(player) {
  return player.connected && (player.software ?? '').startsWith('Tutti ');
}

/** @returns {Promise<Map<string, import('./types.js').Report>>} by player; empty if there is no answer */
export async function askReports() {
  try {
    const response = await fetch(new URL(ROOT + 'api/reports', document.baseURI));
    const {reports} = response.ok ? await response.json() : {reports: []};
    return new Map(reports.map(({client, report}) => [client, report]));
  } catch {
    return new Map();
  }
}

/** @param {number} micros @returns {string} 35 µs, 1.2 ms, 2.5 s */
export function span(micros) {
  if (micros < 1000) return `${micros} µs`;
  return micros < 1e6 ? `${(micros / 1e3).toFixed(1)} ms` : `${(micros / 1e6).toFixed(1)} s`;
}

/** In a few words. @param {import('./types.js').Report} report */
export function brief(report) {
  const inHand = `${(report.bufferMs / 1000).toFixed(1)} s in hand`;
  const sync = Math.abs(report.errorMicros) + Math.max(0, report.likelyMicros);
  const what = report.mode === 'fallback' ? 'fallback · ' : '';
  return what + (report.playing ? `±${span(sync)} · ${inHand}` : inHand);
}

/** What it does when the server is gone, and did. @param {import('./types.js').Report} report */
function rescue(report) {
  if (!report.mode) return 'it says nothing of a fallback';
  const ready = report.fallbackReady ? 'has a fallback' : 'has no fallback';
  const off = report.fallbackErrorMicros < 0 ? '' : `, within ${span(report.fallbackErrorMicros)} of other rooms`;
  return `plays: ${report.mode}${report.degraded ? ', degraded' : ''}; ${ready}${off};`
    + ` crossed over to it ${report.switches} times, for ${report.fallbackSeconds} s`;
}

/** In all words. @param {import('./types.js').Report} report */
export function full(report) {
  const early = report.errorMicros < 0 ? 'late' : 'early';
  const known = micros => (micros < 0 ? 'an unknown time' : span(micros));
  return [
    `${span(Math.abs(report.errorMicros))} ${early}, usually within ${known(report.likelyMicros)},`
      + ` certainly within ${known(report.boundMicros)}`,
    `${report.bufferMs} ms in hand; ${report.underruns} underruns, ${report.resyncs} resyncs`,
    rescue(report),
    `${report.output}, ${span(report.deviceDelayMicros)} to the ear`,
    report.software,
  ].join('\n');
}
