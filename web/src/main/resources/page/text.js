/** Words for numbers. */

/** @param {number} ms @returns {string} 3:07 or 1:02:45 */
export function clockTime(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const s = String(seconds % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${s}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${s}`;
}

const UNITS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
]);
const RELATIVE = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});

/** @param {number} epochSeconds @returns {string} "2 hours ago", "just now" */
export function ago(epochSeconds) {
  const seconds = Date.now() / 1000 - epochSeconds;
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return RELATIVE.format(-Math.floor(seconds / length), unit);
  }
  return 'just now';
}

/** With a capital and a full stop. @param {string} text */
export function sentence(text) {
  if (!text) return '';
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : first + '.';
}

/** A number from a text, the same each time: for pictures of what has none. */
export function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}
