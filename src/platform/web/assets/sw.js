/*
 * Answers for the house when the line is cut: sheet and scripts, the empty forms that a clerk files with, and one page
 * that says what still works. It keeps nothing else, and forgets at sign-out. `KEPT` is written above this by the server.
 */
const HOUSE = 'cunban-house';
const PAGES = 'cunban-pages';
const PATIENCE = 3000;

/** The store the pages' script also opens (filing.js). */
const store = () =>
  new Promise((done, failed) => {
    const asked = indexedDB.open('cunban', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('keep', { keyPath: 'id' });
      asked.result.createObjectStore('forms', { keyPath: 'id' });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
const keep = async (mode, work) => {
  const db = await store();
  try {
    return await new Promise((done, failed) => {
      const deal = db.transaction('keep', mode);
      const asked = work(deal.objectStore('keep'));
      deal.oncomplete = () => done(asked.result);
      deal.onerror = () => failed(deal.error);
    });
  } finally {
    db.close();
  }
};
const find = (id) => keep('readonly', (k) => k.get(id));
const drop = (id) => keep('readwrite', (k) => k.delete(id));

/** Nobody is signed in any more: what is sealed stays sealed, and the pages with somebody's name on them go. */
const forget = () => Promise.all([drop('key'), drop('warm'), caches.delete(PAGES)]);

/** Signed out while the line was cut: the server hears of it before anything else is asked. */
const signOutLate = async () => {
  if (!(await find('leaving'))) return;
  const session = await fetch('/api/session', { headers: { accept: 'application/json' } });
  if (session.ok) {
    const { csrf } = await session.json();
    await fetch('/api/session', { method: 'DELETE', headers: { 'x-csrf-token': csrf } });
  }
  await drop('leaving');
};

/** The kept copy of what is asked for, for whoever is signed in on this computer. */
const keptPage = async (url) => {
  const key = await find('key');
  if (!key || key.until < Date.now()) return undefined;
  const pages = await caches.open(PAGES);
  if (url.pathname !== '/cases/new') return pages.match(url.pathname);
  const asked = new URLSearchParams();
  for (const name of ['item', 'situation']) asked.set(name, url.searchParams.get(name) || '');
  return pages.match(`/cases/new?${asked}`);
};

const late = () => new Promise((_, failed) => setTimeout(() => failed(new Error('late')), PATIENCE));

const navigate = async (request) => {
  const url = new URL(request.url);
  const isForm = request.method === 'GET' && /^\/(filing|cases\/new|filing\/waiting)$/.test(url.pathname);
  const kept = isForm ? await keptPage(url) : undefined;
  // With more in the address than a form's, the server knows more than the kept copy: no hurry then.
  const isExact = kept && (url.pathname === '/filing/waiting' || [...url.searchParams].length === 2);
  try {
    const answer = signOutLate().then(() => fetch(request));
    return await (isExact ? Promise.race([answer, late()]) : answer);
  } catch (_) {
    if (kept) return kept;
    if (url.pathname === '/filing' && (await keptPage(new URL('/filing/waiting', url))))
      return Response.redirect('/filing/waiting', 302);
    return caches.match('/offline', { cacheName: HOUSE });
  }
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
  if (pathname.startsWith('/assets/') && request.method === 'GET') {
    e.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
    return;
  }
  if (request.mode !== 'navigate') return;
  const answer = navigate(request);
  e.respondWith(answer);
  if (pathname === '/sign-out' && request.method === 'POST') {
    const leave = (reached) => (reached ? undefined : keep('readwrite', (k) => k.put({ id: 'leaving' })));
    e.waitUntil(
      Promise.all([forget(), answer.then((a) => leave(a.type === 'opaqueredirect' || a.status < 500))]),
    );
  }
  // Whoever signs in brings their own key; the pages stay if it is the same person (filing.js asks).
  if (pathname === '/sign-in')
    e.waitUntil(answer.then((a) => (a.url.endsWith('/offline') ? undefined : drop('key'))));
});
