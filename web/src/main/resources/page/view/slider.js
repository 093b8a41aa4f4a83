import {Held} from '../held.js';
import {el} from '../dom.js';

/**
 * A range input that the user and the server both move.
 *
 * @param {{
 *   max: number, step: number, classes: string,
 *   say: (value: number) => string,
 *   shown?: (value: number) => void,
 *   keyStep?: number,
 *   moved: (value: number, done: boolean) => Promise<unknown> | void
 * }} options `say` puts a value into words for those who listen; `moved` hears of each move;
 *   `keyStep` is how far an arrow key goes
 */
export function slider({max, step, classes, say, shown = () => {}, keyStep = step, moved}) {
  const node = el('input.slider' + classes, {type: 'range', min: '0', max: String(max), step: String(step)});
  const held = new Held(value => {
    const text = String(value);
    if (node.value !== text) node.value = text;
    paint();
    shown(Number(node.value));
  });

  function paint() {
    const whole = Number(node.max) || 1;
    node.style.setProperty('--fill', String(Number(node.value) / whole));
    const words = say(Number(node.value));
    if (node.getAttribute('aria-valuetext') !== words) node.setAttribute('aria-valuetext', words);
  }

  node.addEventListener('keydown', event => {
    const direction = {ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1}[event.key];
    if (!direction || keyStep === step) return;
    event.preventDefault();
    node.value = String(Number(node.value) + direction * keyStep);
    node.dispatchEvent(new Event('change'));
  });
  node.addEventListener('pointerdown', () => held.grab());
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    node.addEventListener(end, () => held.letGo());
  }
  node.addEventListener('input', () => {
    held.set(Number(node.value));
    moved(Number(node.value), false);
  });
  node.addEventListener('change', () => {
    held.set(Number(node.value));
    moved(Number(node.value), true);
  });

  return {
    node,
    /** @param {number} value the server's */
    update: value => held.update(value),
    reject: () => held.reject(),
    /** @param {number} value */
    setMax(value) {
      if (node.max !== String(value)) {
        node.max = String(value);
        paint();
      }
    },
  };
}
