/** The panel of the fallback plugin: who plays what, and what there is. Text is only set as text. */

const API = new URL('../api/fallback', document.baseURI).href;
const EVERY_MS = 5000;
const STANDING = {
  ready: 'has it',
  missing: 'has none yet',
  other: 'still has another one',
  silent: 'has not asked for any (--no-fallback?)',
  unknown: 'a stock client: it falls silent',
};

const byId = (id) => document.getElementById(id);
const files = new Intl.NumberFormat(undefined, {maximumFractionDigits: 1});
let shown = '';

function headers(more = {}) {
  const token = sessionStorage.getItem('tutti-token');
  return token ? {...more, Authorization: 'Bearer ' + token} : more;
}

function trouble(sentence) {
  byId('trouble').textContent = sentence;
  byId('trouble').hidden = !sentence;
}

/** @returns {Promise<any>} the answer, or null; what went wrong is shown */
async function ask(path, options = {}) {
  try {
    const answer = await fetch(API + path, {...options, headers: headers(options.headers)});
    if (answer.status === 204) return {};
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) {
      trouble('');
      return body;
    }
    refused(answer.status, body.error);
  } catch {
    trouble('The server cannot be reached.');
  }
  return null;
}

function refused(status, error) {
  trouble(error ?? 'The server answered ' + status + '.');
  if (status === 401 || status === 403) byId('token-form').hidden = false;
}

function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function minutes(pack) {
  const seconds = Math.round(pack.frames / Number(pack.format.split(':')[0]));
  return Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
}

function packRow(pack) {
  const parts = pack.parts.length > 1 ? `, ${pack.parts.length} parts` : '';
  const remove = el('button', {type: 'button', textContent: 'Remove', disabled: pack.assigned});
  remove.addEventListener('click', async () => {
    if (await ask('/packs/' + pack.id, {method: 'DELETE'})) refresh();
  });
  return el('li', {}, el('strong', {textContent: pack.name}), ' ',
      el('small', {textContent: `${minutes(pack)}${parts}, ${pack.loudnessLufs} LUFS, ${files.format(pack.bytes / 1048576)} MiB`}),
      el('audio', {controls: true, preload: 'none', src: API + '/file/' + pack.id}), remove);
}

function choice(label, packs, chosen, none, group) {
  const select = el('select', {ariaLabel: 'Pack of ' + label},
      el('option', {value: '', textContent: none}),
      ...packs.map((p) => el('option', {value: p.id, textContent: p.name})));
  select.value = chosen;
  select.addEventListener('change', async () => {
    await ask('/groups/' + encodeURIComponent(group), {
      method: 'PUT',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({pack: select.value || null}),
    });
    refresh(true);
  });
  return select;
}

function groupRow(group, packs) {
  const label = group.name || group.players.map((p) => p.label).join(', ') || group.id;
  return el('tr', {}, el('td', {textContent: label}),
      el('td', {}, choice(label, packs, group.pack, 'as all', group.id)),
      el('td', {}, ...group.players.map((p) =>
        el('div', {}, p.label + ' ', el('small', {textContent: STANDING[p.standing]})))));
}

async function refresh(force = false) {
  const state = await ask('');
  if (!state) return;
  const text = JSON.stringify(state);
  if (text === shown && !force) return;
  shown = text;
  byId('packs').replaceChildren(...state.packs.map(packRow));
  byId('groups').replaceChildren(
      el('tr', {}, el('td', {textContent: 'All'}),
          el('td', {}, choice('all', state.packs, state.forAll, 'nothing', 'all')), el('td')),
      ...state.groups.map((g) => groupRow(g, state.packs)));
}

function progress(stage, done) {
  byId('progress').hidden = !stage;
  byId('progress').value = done;
  byId('stage').textContent = stage;
}

/** XMLHttpRequest, because fetch does not tell how much was sent. */
function send(file, name, forAll) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({name, assign: forAll ? 'all' : ''});
    request.open('POST', API + '/packs?' + query);
    for (const [key, value] of Object.entries(headers())) request.setRequestHeader(key, value);
    request.upload.onprogress = (e) => progress('sending', e.loaded / e.total);
    request.onerror = () => {
      trouble('The server cannot be reached.');
      resolve(null);
    };
    request.onload = () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // A proxy's own page.
      }
      if (request.status === 202) return resolve(body);
      refused(request.status, body.error);
      resolve(null);
    };
    request.send(file);
  });
}

async function follow(job) {
  let now = job;
  while (now && !now.pack && !now.error) {
    progress(now.stage, now.done);
    now = await ask('/jobs/' + job.id + '?wait=1');
  }
  progress('', 0);
  if (now) byId('stage').textContent = now.error || 'Ready.';
  refresh(true);
}

byId('file').addEventListener('change', () => {
  const file = byId('file').files[0];
  if (file && !byId('name').value) byId('name').value = file.name.slice(0, 200);
});

byId('upload').addEventListener('submit', async (event) => {
  event.preventDefault();
  const job = await send(byId('file').files[0], byId('name').value, byId('for-all').checked);
  if (job) await follow(job);
  else progress('', 0);
});

byId('sync').addEventListener('click', async () => {
  const answer = await ask('/sync', {method: 'POST'});
  if (answer) byId('synced').textContent = answer.fetching + ' players are fetching';
});

byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem('tutti-token', byId('token').value);
  byId('token-form').hidden = true;
  refresh(true);
});

refresh();
setInterval(refresh, EVERY_MS);
