/** A few words for building and keeping a tree of elements. Text is only ever set as text. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag with classes: `p.title.big`
 * @param {Record<string, any>} [properties] `aria-…` and `role` become attributes, `on…` listeners
 * @param {...(Node|string)} children
 * @returns {any}
 */
export function el(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('aria-') || key === 'role' || key === 'for') node.setAttribute(key, value);
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node[key] = value;
  }
  node.append(...children);
  return node;
}

/** @param {string} name of a symbol in the page's sprite, without `i-` */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', '#i-' + name);
  svg.append(use);
  return svg;
}

/** @param {SVGElement} svg made by icon */
export function setIcon(svg, name) {
  const use = svg.firstElementChild;
  if (use.getAttribute('href') !== '#i-' + name) use.setAttribute('href', '#i-' + name);
}

/** Sets text only where it differs, so that nothing blinks and no selection is lost. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/**
 * Makes a parent's children the views of these items, in order; `sweep` then removes the others.
 * Views are kept by key, wherever in the page they were, and keep the keyboard focus when they move.
 *
 * @template T
 * @param {Element} parent
 * @param {Map<string, {node: Element, update: (item: T) => void}>} views all views of this kind
 * @param {T[]} items
 * @param {(item: T) => string} key
 * @param {(item: T) => {node: Element, update: (item: T) => void}} create
 */
export function arrange(parent, views, items, key, create) {
  const keep = new Set();
  items.forEach((item, index) => {
    const id = key(item);
    let view = views.get(id);
    if (!view) views.set(id, (view = create(item)));
    keep.add(view.node);
    const there = parent.children[index] ?? null;
    if (there !== view.node) move(parent, view.node, there);
    view.update(item);
  });
  for (const child of parent.children) {
    if (!keep.has(child)) leavers.push({parent, child});
  }
}

/** Not removed at once: another parent may be about to take them, and then they keep the focus. */
let leavers = [];

/** Ends a round of arranging: what no parent has taken goes. */
export function sweep() {
  for (const {parent, child} of leavers) {
    if (child.parentNode === parent) child.remove();
  }
  leavers = [];
}

function move(parent, node, before) {
  if (parent.moveBefore && node.isConnected && parent.isConnected) {
    parent.moveBefore(node, before);
    return;
  }
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  parent.insertBefore(node, before);
  if (focused instanceof HTMLElement) focused.focus({preventScroll: true});
}

/** Forgets the views of what is no more. */
export function forget(views, livingKeys) {
  for (const key of views.keys()) {
    if (!livingKeys.has(key)) views.delete(key);
  }
}
