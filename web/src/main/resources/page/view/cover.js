import {ROOT} from '../root.js';
import {hash} from '../text.js';
import {el} from '../dom.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A track's picture. Where there is none: five lines and a few notes, the same ones for the same
 * track each time. Also says which hue the picture has, for the card to take up.
 *
 * @param {(hue: number) => void} onHue
 */
export function cover(onHue) {
  const image = el('img.cover-image', {alt: '', decoding: 'async', draggable: false});
  const node = el('div.cover', {}, image);
  let shownArt = '';
  let shownScore = '';

  image.addEventListener('load', () => {
    image.classList.add('there');
    onHue(hueOf(image) ?? hash(shownScore) % 360);
  });
  image.addEventListener('error', () => {
    image.classList.remove('there');
    onHue(hash(shownScore) % 360);
  });

  return {
    node,
    /** @param {import('../types.js').Track} track @param {string} streamId */
    update(track, streamId) {
      const seed = [track.title, track.album, ...track.artists].join('\n').trim() || streamId;
      if (seed !== shownScore) {
        shownScore = seed;
        node.querySelector('svg')?.remove();
        node.prepend(score(seed));
        if (!track.art) onHue(hash(seed) % 360);
      }
      const art = track.art ?? '';
      if (art === shownArt) return;
      shownArt = art;
      image.classList.remove('there');
      if (art) {
        image.src = String(new URL(ROOT + 'api/art/' + encodeURIComponent(art), document.baseURI));
      } else {
        image.removeAttribute('src');
        onHue(hash(seed) % 360);
      }
    },
  };
}

/** Notes on a staff. */
function score(seed) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 120 120');
  svg.setAttribute('class', 'score');
  svg.setAttribute('aria-hidden', 'true');
  for (let line = 0; line < 5; line++) {
    add(svg, 'path', {d: `M0 ${40 + line * 10}H120`, class: 'staff'});
  }
  let random = hash(seed);
  const next = below => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    return Math.floor((random / 4294967296) * below);
  };
  for (let x = 20; x < 110; x += 16 + next(10)) {
    const y = 40 + next(9) * 5;
    add(svg, 'ellipse', {
      cx: x, cy: y, rx: 6, ry: 4.5, transform: `rotate(-20 ${x} ${y})`, class: 'note',
    });
    const up = y > 55;
    const stem = x + (up ? 5.3 : -5.3);
    add(svg, 'path', {d: `M${stem} ${y}v${up ? -26 : 26}`, class: 'stem'});
  }
  return svg;
}

function add(parent, name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  parent.append(node);
}

/** The hue that most of a picture's colour has; undefined if it is grey. */
function hueOf(image) {
  const size = 24;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.drawImage(image, 0, 0, size, size);
  const data = context.getImageData(0, 0, size, size).data;
  // Sectors of the colour wheel, each with the sum of its colours.
  const sectors = Array.from({length: 18}, () => ({weight: 0, a: 0, b: 0}));
  for (let i = 0; i < data.length; i += 4) {
    const [a, b] = labPlane(data[i] / 255, data[i + 1] / 255, data[i + 2] / 255);
    const turn = (Math.atan2(b, a) / (2 * Math.PI) + 1) % 1;
    const sector = sectors[Math.floor(turn * sectors.length)];
    sector.weight += Math.hypot(a, b);
    sector.a += a;
    sector.b += b;
  }
  const most = sectors.reduce((best, each) => (each.weight > best.weight ? each : best));
  if (most.weight / (size * size) < 0.006) return undefined;
  return ((Math.atan2(most.b, most.a) * 180) / Math.PI + 360) % 360;
}

/** The a and b axes of OKLab, so that the hue is one CSS means by oklch(). */
function labPlane(red, green, blue) {
  const linear = v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
