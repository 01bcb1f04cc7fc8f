/*
 * What the house does in a browser when the line is cut: it shows sheet and scripts, the empty forms that a clerk files
 * with, and one page that says what still works; it keeps the key under which filing.js seals what is typed; and it
 * sends what waits, once, when the line is back. `KEPT`, the addresses of sheet and scripts, is written above by the
 * server.
 */
const HOUSE = 'cunban-house';
const PAGES = 'cunban-pages';
/** So long a page is waited for before a kept copy that may be older is shown. */
const PATIENCE = 3000;
const HOUR = 3600e3;
/** A day and a night after the server was last heard, what waits is locked until its owner signs in. */
const KEY_LIFE = 24 * HOUR;
/** A form on its way is left alone for so long before it is sent again. */
const LEASE = 60e3;

/* ---- the store, which filing.js opens too ---- */
const happens = (target, good, bad) =>
  new Promise((done, failed) => {
    target.addEventListener(good, () => done(target.result));
    target.addEventListener(bad, () => failed(target.error));
  });
const open = () => {
  const asked = indexedDB.open('cunban', 1);
  asked.addEventListener('upgradeneeded', () => {
    asked.result.createObjectStore('keep', { keyPath: 'id' });
    asked.result.createObjectStore('forms', { keyPath: 'id' });
  });
  return happens(asked, 'success', 'error');
};
let database;
const deal = async (name, mode, work) => {
  database = database || open();
  const trx = (await database).transaction(name, mode);
  const asked = work(trx.objectStore(name));
  await happens(trx, 'complete', 'abort');
  return asked.result;
};
const find = (id) => deal('keep', 'readonly', (s) => s.get(id));
const put = (name, value) => deal(name, 'readwrite', (s) => s.put(value));
const drop = (name, id) => deal(name, 'readwrite', (s) => s.delete(id));
const forms = () => deal('forms', 'readonly', (s) => s.getAll());

const ask = async (path, wait = 5000) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), wait);
  try {
    const headers = { accept: 'application/json', 'x-quiet': 'yes' };
    return await fetch(path, { headers, signal: stop.signal });
  } catch (_) {
    return undefined; // the line is cut
  } finally {
    clearTimeout(timer);
  }
};

/* ---- whose computer it is now ---- */
/** Nobody is signed in any more: what is sealed stays sealed, and the pages with somebody's name on them go. */
const forget = () =>
  Promise.all([...['key', 'owner', 'warm'].map((id) => drop('keep', id)), caches.delete(PAGES)]);
const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
/** The key of whoever is signed in; of `account` and nobody else, where a page says whose it is. */
const keyOf = async (account) => {
  const kept = await find('key');
  const isTheirs = kept && (!account || kept.account === account);
  if (isTheirs && kept.until - Date.now() > KEY_LIFE - HOUR) return kept;
  if (kept && !isTheirs) await forget();
  const answer = await ask('/api/session/local-key');
  if (!answer || !answer.ok) return isTheirs && kept.until > Date.now() ? kept : undefined;
  const told = await answer.json();
  if (account && told.account !== account) return undefined;
  const owner = await find('owner');
  if (owner && owner.account !== told.account) await forget();
  const uses = ['encrypt', 'decrypt'];
  const key = await crypto.subtle.importKey('raw', bytesOf(told.key), 'AES-GCM', false, uses);
  const fresh = { id: 'key', account: told.account, key, until: Date.now() + KEY_LIFE };
  await put('keep', fresh);
  return fresh;
};
/** Signed out while the line was cut: the server hears of it before anything else is asked. */
const signOutLate = async () => {
  if (!(await find('leaving'))) return;
  const session = await fetch('/api/session', { headers: { accept: 'application/json' } });
  if (session.ok) {
    const { csrf } = await session.json();
    await fetch('/api/session', { method: 'DELETE', headers: { 'x-csrf-token': csrf } });
  }
  await drop('keep', 'leaving');
};

/* ---- what waits is sent ---- */
const seal = async (key, what) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(what));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text) };
};
const unseal = async (key, { iv, data }) =>
  JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)));
const post = (row, form, csrf) => {
  const body = new FormData();
  for (const [name, value] of form.fields) {
    if (typeof value === 'string') body.append(name, value);
    else {
      const [head, bytes] = value.url.split(',');
      body.append(name, new Blob([bytesOf(bytes)], { type: /:(.*?);/.exec(head)[1] }), value.name);
    }
  }
  body.append('_request', row.request);
  if (row.tries > 0) body.append('_again', 'yes');
  if (form.version !== undefined) body.append('version', form.version);
  const headers = { accept: 'application/json', 'x-quiet': 'yes', 'x-csrf-token': csrf };
  return fetch(form.action, { method: 'POST', body, headers }).catch(() => undefined);
};
const refusalOf = ({ status }, { title, faults = [] }) => {
  const generic = status === 409 ? '这份申请后来在别处保存过' : '有内容要核对';
  return [title || generic, ...faults.map((f) => f.message)].join('；');
};
/** One form. The key of its request makes sure that the server takes it once, however often it comes. */
const sendOne = async (row, key, csrf) => {
  const tries = row.tries + 1;
  await put('forms', { ...row, busyUntil: Date.now() + LEASE, tries });
  const form = await unseal(key, row);
  const answer = await post(row, form, csrf);
  // Not JSON: the form was shown again, for something has to be chosen first.
  const said = answer ? await answer.json().catch(() => ({})) : {};
  const isLater =
    !answer || answer.status >= 500 || [401, 429].includes(answer.status) || said.code === 'session.csrf';
  if (isLater) return put('forms', { ...row, busyUntil: 0, tries });
  const { title, who } = form;
  const at = said.location;
  const why = at ? undefined : refusalOf(answer, said);
  const what = at ? { title, who, location: at } : { ...form, why };
  const state = at ? 'sent' : 'refused';
  const stands = { ...row, state, at: at ? Date.now() : row.at, tries, busyUntil: 0 };
  await put('forms', { ...stands, ...(await seal(key, what)) });
  for (const page of await self.clients.matchAll())
    page.postMessage({ id: row.id, state, title, who, at, why });
};
/** @returns why it could not be sent now: `cut`, `signed-out`; undefined when it could */
let tried = 0;
const sendAll = async () => {
  tried = Date.now();
  const waits = (r) => r.state === 'waiting' && r.busyUntil < Date.now();
  if (!(await forms()).some(waits)) return undefined;
  const answer = await ask('/api/session');
  if (!answer || (!answer.ok && answer.status !== 401)) return 'cut';
  if (!answer.ok) return 'signed-out';
  const { csrf, account } = await answer.json();
  const mine = await keyOf(account.id);
  if (!mine) return 'cut';
  for (const row of await forms())
    if (row.account === account.id && waits(row)) await sendOne(row, mine.key, csrf);
  return undefined;
};
let sending;
const send = () => {
  sending = sending || sendAll().finally(() => (sending = undefined));
  return sending;
};

/* ---- the empty forms, one after the other ---- */
/** The day it is in Shanghai. */
const today = () => new Date(Date.now() + 8 * HOUR).toISOString().slice(0, 10);
const rest = () => new Promise((done) => setTimeout(done, 200));
const keepPage = async (pages, path, version) => {
  const kept = await pages.match(path);
  if (kept && kept.headers.get('x-version') === version) return true;
  await rest();
  const answer = await ask(path, 30e3);
  if (!answer || !answer.ok || !/html/.test(answer.headers.get('content-type'))) return false;
  // The proof of the session stays out of the store: it is asked for when it is needed (filing.js).
  const text = (await answer.text()).replace(/(name="_csrf" value=")[^"]*/g, '$1');
  const headers = { 'x-version': version };
  for (const name of ['content-type', 'content-security-policy']) headers[name] = answer.headers.get(name);
  await pages.put(path, new Response(text, { headers }));
  return true;
};
/** Which pages the house would have kept, and how it would draw them today; undefined when it does not say. */
const askHouse = async () => {
  const answer = await ask('/api/session/kept-pages');
  // The session ran out: nothing that was told counts any more, and the next page asks for signing in.
  if (answer && answer.status === 401) await put('keep', { ...(await find('owner')), id: 'owner', day: '' });
  if (!answer || !answer.ok) return undefined;
  const told = await answer.json();
  const { account } = (await find('key')) || {};
  await put('keep', { id: 'owner', account, version: told.version, day: today() });
  return told;
};
const isToldToday = ({ version, day } = {}, seen) => version === seen && day === today();
let latest;
const warmAll = async (wanted) => {
  const last = await find('warm');
  if (last && last.version === wanted && isToldToday(await find('owner'), wanted)) return;
  const told = await askHouse();
  if (!told) return;
  const { version, pages, assets } = told;
  const store = await caches.open(PAGES);
  for (const path of pages) if (latest !== wanted || !(await keepPage(store, path, version))) return;
  const house = await caches.open(HOUSE);
  for (const { url } of await house.keys())
    if (/\/assets\//.test(url) && !assets.includes(new URL(url).pathname)) await house.delete(url);
  // Signed out in the meantime: nothing of it stays.
  if (await find('key')) await put('keep', { id: 'warm', version });
  else await forget();
};
/** One round at a time; a page that tells of another version ends the round of the one before. */
let warming;
const warm = (version) => {
  latest = version;
  const next = () => warmAll(version);
  warming = warming ? warming.then(next, next) : next();
  return warming;
};

/* ---- pages ---- */
/** The kept copy of what is asked for, for whoever is signed in on this computer. */
const keptPage = async (url) => {
  const key = await find('key');
  if (!key || key.until < Date.now()) return undefined;
  const pages = await caches.open(PAGES);
  if (url.pathname !== '/cases/new') return pages.match(url.pathname);
  const asked = new URLSearchParams({ item: url.searchParams.get('item') });
  const ofItem = `/cases/new?${asked}`;
  asked.set('situation', url.searchParams.get('situation'));
  return (await pages.match(`/cases/new?${asked}`)) || pages.match(ofItem);
};
const late = () => new Promise((_, failed) => setTimeout(() => failed(new Error('late')), PATIENCE));
const navigate = async (request, besides) => {
  const url = new URL(request.url);
  const isForm = request.method === 'GET' && /^\/(cases\/new|filing\/waiting)$/.test(url.pathname);
  const kept = isForm ? await keptPage(url) : undefined;
  // With more in its address than a form's, the server knows more than the kept copy: no hurry then.
  const isExact =
    kept && [...url.searchParams.keys()].every((name) => name === 'item' || name === 'situation');
  // An empty form as the house said today that it would draw it: no wait for the line, which is asked again besides.
  const isEmptyForm = isExact && url.pathname === '/cases/new';
  if (isEmptyForm && isToldToday(await find('owner'), kept.headers.get('x-version'))) {
    besides(askHouse());
    return kept;
  }
  try {
    const answer = signOutLate().then(() => fetch(request));
    return await (isExact ? Promise.race([answer, late()]) : answer);
  } catch (_) {
    if (kept) return kept;
    if (url.pathname === '/filing' && (await keptPage(new URL('/filing/waiting', url))))
      return Response.redirect('/filing/waiting', 302);
    const offline = await caches.match('/offline', { cacheName: HOUSE });
    return new Response(offline.body, { status: 503, headers: offline.headers });
  }
};
/** What a page means for the key: whoever signs in brings another one, or the same again. */
const after = async ({ method }, pathname, answer) => {
  const isThere = answer.status !== 503;
  if (pathname === '/sign-out' && method === 'POST') {
    await forget();
    if (answer.type !== 'opaqueredirect') await put('keep', { id: 'leaving' });
  } else if (pathname === '/sign-in') {
    if (isThere) await drop('keep', 'key');
  } else if (isThere && method === 'GET' && tried < Date.now() - 20e3) await send();
};

self.addEventListener('install', (e) =>
  e.waitUntil(
    caches
      .open(HOUSE)
      .then((house) => house.addAll([...KEPT, '/offline']))
      .then(() => self.skipWaiting()),
  ),
);
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (e) => {
  const { request } = e;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (pathname.startsWith('/assets/'))
    e.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  if (request.mode !== 'navigate') return;
  const answer = navigate(request, (work) => e.waitUntil(work));
  e.respondWith(answer);
  e.waitUntil(answer.then((a) => after(request, pathname, a)));
});
self.addEventListener('sync', (e) => e.waitUntil(send()));
const ACTS = {
  key: ({ account }) => keyOf(account).then((k) => k && k.account),
  send,
  warm: (m) => warm(m.version),
};
self.addEventListener('message', (e) =>
  e.waitUntil(ACTS[e.data.act](e.data).then((answer) => e.ports[0].postMessage(answer))),
);
