/** A sentence that comes up at the edge of the page and goes away by itself. */

const SHOWN_MS = 5000;

export function toast(text) {
  const list = document.getElementById('toasts');
  if ([...list.children].some(each => each.textContent === text)) return;
  const node = document.createElement('p');
  node.className = 'toast';
  node.textContent = text;
  list.append(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}
