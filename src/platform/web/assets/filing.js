/*
 * Filing when the line is cut: what is typed is kept on this computer, sealed under the key of whoever is signed in, and
 * stays in sight until it was sent. Key and sending are with the worker (sw.js). ES2019, no library, no inline handlers.
 */
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, props = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...children);
    return made;
  };
  /** A form on its way is left alone for so long before the worker sends it again. */
  const LEASE = 60e3;
  const mark = document.querySelector('[data-keep]');
  const form = document.querySelector('form[data-offline-title]');
  const list = document.querySelector('[data-waiting]');
  const isAway = document.querySelector('[data-offline]') !== null;
  const clock = (at) => {
    const d = new Date(at);
    const day =
      d.toDateString() === new Date().toDateString() ? '' : `${d.getMonth() + 1}月${d.getDate()}日 `;
    return `${day}${d.getHours()}:${`0${d.getMinutes()}`.slice(-2)}`;
  };
  const above = (line) => document.querySelector('h1').before(line);
  const say = (kind, word, ...children) => {
    const strong = make('strong', { textContent: word });
    const line = make('div', { className: `flash flash-${kind}` }, strong, make('span', {}, ...children));
    line.setAttribute('role', kind === 'error' ? 'alert' : 'status');
    above(line);
    return line;
  };
  const link = (href, textContent, className = '') => make('a', { href, textContent, className });
  const press = (textContent, act, kind = 'secondary') => {
    const button = make('button', { type: 'button', className: `button button-${kind}`, textContent });
    button.addEventListener('click', act);
    return button;
  };
  if (!window.isSecureContext || !navigator.serviceWorker || !window.indexedDB) {
    if (form || list)
      say('warn', '请注意', '这个网址不是加密连接（https），断网时不能受理；请随时保存草稿。');
    return;
  }

  /* ---- the store: sealed forms; beside them only an id, whose they are, and how they stand ---- */
  const happens = (target, good, bad) =>
    new Promise((done, failed) => {
      target.addEventListener(good, () => done(target.result));
      target.addEventListener(bad, () => failed(target.error));
    });
  let database;
  const deal = async (name, mode, work) => {
    if (!database) {
      const asked = indexedDB.open('cunban', 1);
      asked.addEventListener('upgradeneeded', () => {
        for (const store of ['keep', 'forms']) asked.result.createObjectStore(store, { keyPath: 'id' });
      });
      database = happens(asked, 'success', 'error');
    }
    const trx = (await database).transaction(name, mode);
    const asked = work(trx.objectStore(name));
    await happens(trx, 'complete', 'abort');
    return asked.result;
  };
  const drop = (id) => deal('forms', 'readwrite', (s) => s.delete(id));
  const all = () => deal('forms', 'readonly', (s) => s.getAll());

  /* ---- the worker has the key of whoever is signed in, and sends ---- */
  const tell = async (act, more) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((done) => port1.addEventListener('message', (e) => done(e.data)));
    port1.start();
    active.postMessage({ act, ...more }, [port2]);
    return answer;
  };
  let me; // { account, key }
  const seal = async (what) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(what));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, me.key, text) };
  };
  const unseal = async (row) => {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, me.key, row.data);
    return { ...row, ...JSON.parse(new TextDecoder().decode(text)) };
  };
  /** My forms, the oldest first, as they stand: `typing`, `waiting`, `refused`, `sent`. */
  const mine = async () => {
    const own = (await all()).filter((r) => r.account === me.account).sort((a, b) => a.at - b.at);
    return Promise.all(own.map(unseal));
  };
  const keep = async ({ id, request, tries = 0 }, state, what, at = Date.now(), busyUntil = 0) => {
    const { title, who, action, page, fields, version, why } = what;
    const sealed = await seal({ title, who, action, page, fields, version, why });
    const stands = { id, request, account: me.account, state, at, tries, busyUntil };
    await deal('forms', 'readwrite', (s) => s.put({ ...stands, ...sealed }));
  };

  /* ---- what is on the page ---- */
  const action = form && new URL(form.action).pathname;
  const isNew = action === '/cases/new';
  const page = location.pathname + location.search;
  const SILENT = ['_csrf', '_row', '_request', '_do', '_again', 'version'];
  const field = (name) => $(`[name="${name}"]`, form)[0];
  const versionNow = () => (isNew ? undefined : field('version').value);
  const dataUrl = (file) => {
    const reader = new FileReader();
    reader.readAsDataURL(file);
    return happens(reader, 'load', 'error');
  };
  /** Names and texts; files, when it is sent, as `{ name, url }`. A picture of a signature is a text, as one drawn. */
  const collect = async (isSent) => {
    let fields = [];
    for (const [name, value] of new FormData(form)) {
      if (SILENT.includes(name) || value.size === 0) continue;
      if (typeof value === 'string') fields.push([name, value]);
      else if (isSent) {
        const url = await dataUrl(value);
        if (name[0] === '/') fields = fields.filter(([n]) => n !== name);
        fields.push([name, name[0] === '/' ? url : { name: value.name, url }]);
      }
    }
    return fields;
  };
  const textsOf = (fields) =>
    JSON.stringify(fields.filter(([n, v]) => typeof v === 'string' && v !== '' && !SILENT.includes(n)));
  const about = (fields) => {
    const [, name] = fields.find(([n]) => n === '/applicant/name') || [];
    const title = form.dataset.offlineTitle;
    return { title, who: name || '没填姓名', action, page, fields, version: versionNow() };
  };
  let row; // of the form on this page
  let timer = 0;
  let lastTyped = 0;
  const saveTyped = async () => {
    timer = 0;
    if (form.hidden) return;
    await keep(row, 'typing', about(await collect(false)));
    form.dataset.kept = lastTyped;
  };
  const typed = () => {
    lastTyped = Date.now();
    if (row) timer = timer || setTimeout(saveTyped, 400);
  };

  /* ---- typed before, put back ---- */
  const rowsOf = (lines) => [...lines.children].filter((r) => r.hasAttribute('data-row'));
  /** As many rows as were typed; the names then speak of the rows that are there. */
  const fitRows = (fields) => {
    const done = new Set();
    const next = () => $('[data-rows]', form).find((l) => !done.has(l));
    for (let lines = next(); lines; lines = next()) {
      done.add(lines);
      const start = `${lines.dataset.rows}/`;
      const split = (name) => name.slice(start.length).split('/');
      const known = fields.map(([name]) => name).filter((name) => name.startsWith(start));
      const indexes = [...new Set(known.map((name) => split(name)[0]))];
      const add = $('[name=_row]', form).find((b) => `${b.value}/` === `add:${start}`);
      for (let i = rowsOf(lines).length; add && i < indexes.length; i += 1) add.click();
      const rows = rowsOf(lines);
      for (const extra of rows.splice(indexes.length)) extra.remove();
      const moved = new Map(rows.map((r, i) => [indexes[i], split($('[name]', r)[0].name)[0]]));
      fields = fields.map(([name, value]) => {
        if (!name.startsWith(start)) return [name, value];
        const [index, ...rest] = split(name);
        return [start + [moved.has(index) ? moved.get(index) : index, ...rest].join('/'), value];
      });
    }
    return fields;
  };
  const drawSignature = (hidden, url) => {
    const canvas = hidden.parentNode.querySelector('canvas');
    hidden.value = url;
    const image = make('img', { src: url });
    if (canvas && url) image.decode().then(() => canvas.getContext('2d').drawImage(image, 0, 0, 600, 200));
  };
  const fill = (saved) => {
    const values = new Map();
    for (const [name, value] of fitRows(saved)) values.set(name, [...(values.get(name) || []), value]);
    for (const input of $('[name]', form)) {
      const { type, name } = input;
      if (SILENT.includes(name) || type === 'submit') continue;
      const was = values.get(name) || [];
      const isSignature = input.closest('[data-signature]');
      if (type === 'checkbox' || type === 'radio') input.checked = was.includes(input.value);
      else if (type === 'hidden') {
        if (isSignature) drawSignature(input, was[0] || '');
      } else if (type !== 'file') input.value = (was.length > 1 ? was.shift() : was[0]) || '';
      else if (!isSignature) {
        const bag = new DataTransfer();
        for (const { name: called, url } of was) {
          const bytes = Uint8Array.from(atob(url.split(',')[1]), (c) => c.charCodeAt(0));
          bag.items.add(new File([bytes], called, { type: /:(.*?);/.exec(url)[1] }));
        }
        input.files = bag.files;
      }
    }
    for (const input of $('[data-check], select, textarea', form))
      input.dispatchEvent(new Event('input', { bubbles: true }));
    field('_request').dispatchEvent(new Event('change', { bubbles: true }));
    window.scrollTo(0, 0);
  };
  const discard = async () => {
    if (!window.confirm('丢弃以后找不回来。确定丢弃恢复的内容吗？')) return;
    form.hidden = true; // nothing more is kept of it
    await drop(row.id);
    location.replace(page);
  };
  const restore = (found) => {
    const putBack = () => {
      fill(found.fields);
      say('done', '已恢复', `${clock(found.at)} 填写的内容，都在下面。`, press('丢弃', discard));
      if (found.why) say('error', '没有收下', found.why);
    };
    if (found.version === versionNow() && lastTyped === 0) return putBack();
    const line = say(
      'warn',
      '请核对',
      `这台电脑上有 ${clock(found.at)} 填写、没有送到的内容。服务器上的后来改过，下面是服务器上的。`,
      press('换成这台电脑上的', () => {
        line.remove();
        putBack();
      }),
      press('丢弃', discard, 'quiet'),
    );
  };
  /** It may have arrived before: the server then puts the changes to what it has, and opens nothing new. */
  const sayAgain = () => {
    if (row.tries > 0 && !field('_again'))
      form.append(make('input', { type: 'hidden', name: '_again', value: 'yes' }));
  };
  /** Another tab of this browser holds this form; one that was just closed lets go in a moment. */
  const isHeld = async (id, tries = 3) => {
    const { held } = navigator.locks ? await navigator.locks.query() : { held: [] };
    if (tries === 0 || !held.some((l) => l.name === id)) return tries === 0;
    await new Promise((done) => setTimeout(done, 150));
    return isHeld(id, tries - 1);
  };
  const startForm = async () => {
    const request = field('_request');
    row = { id: isNew ? request.value : action, request: request.value };
    const rows = (await mine()).filter((r) => r.state !== 'sent');
    let found = rows.find((r) => r.id === row.id);
    if (isNew && !found) {
      // A kept page carries the same key each time it is opened: each opening gets its own.
      found = rows.find((r) => `#${r.id}` === location.hash);
      for (const r of lastTyped > 0 ? [] : rows)
        if (!found && r.page === page && r.state === 'typing' && !(await isHeld(r.id))) found = r;
      row.id = found
        ? found.id
        : `${Date.now().toString(36)}${crypto.getRandomValues(new Uint32Array(3)).join('')}`;
      row.request = request.value = row.id;
    }
    if (navigator.locks) navigator.locks.request(row.id, () => new Promise(() => {}));
    if (found) {
      row.tries = found.tries;
      sayAgain();
      if (textsOf(found.fields) !== textsOf(await collect(false))) restore(found);
      await keep(row, 'typing', found, found.at);
    }
    window.addEventListener('pagehide', () => timer && saveTyped());
    window.addEventListener('pageshow', () => delete form.dataset.going);
    // From app.js: everything typed before `detail` is with the server.
    form.addEventListener('saved', (e) => (lastTyped < e.detail ? drop(row.id) : saveTyped()));
    document.addEventListener('submit', submitted);
    form.dataset.ready = 'yes';
    if (lastTyped > 0) typed();
  };

  /* ---- sending ---- */
  const session = async () => {
    const stop = new AbortController();
    const timeout = setTimeout(() => stop.abort(), 5000);
    const answer = await fetch('/api/session', { signal: stop.signal }).catch(() => undefined);
    clearTimeout(timeout);
    if (answer && answer.ok) return answer.json();
    return { isCut: !answer || answer.status !== 401 };
  };
  /** The form is on this computer before it leaves; once it has arrived, the next page is told so (`arrived`). */
  const submitted = async (e) => {
    const { submitter } = e;
    if (e.target !== form || e.defaultPrevented || form.dataset.going) return;
    if (submitter && submitter.name !== '_do') return;
    e.preventDefault();
    clearTimeout(timer);
    timer = 0;
    const what = about([...(await collect(true)), ['_do', submitter ? submitter.value : 'save']]);
    const once = { ...row, tries: (row.tries || 0) + 1 };
    await keep(once, 'waiting', what, Date.now(), Date.now() + LEASE);
    const { csrf, account, isCut } = await session();
    delete form.dataset.sent;
    if (account && account.id === me.account) {
      field('_csrf').value = csrf;
      sayAgain();
      form.dataset.going = 'yes';
      form.requestSubmit(submitter || undefined);
      return;
    }
    await keep(once, 'waiting', what);
    row = once;
    await queued(isCut);
  };
  const aside = document.querySelector('.filing-aside');
  const hideForm = (isHidden) => {
    form.hidden = isHidden;
    if (aside) aside.hidden = isHidden;
  };
  const queued = async (isCut) => {
    hideForm(true);
    for (const b of $('[aria-disabled]', form)) b.removeAttribute('aria-disabled');
    const when = isCut ? ['现在没有网', '来网后'] : ['登录已经过期', '登录以后'];
    const next = make('span', { className: 'flash-links' });
    if (isNew) next.append(link(page, '受理下一位', 'button button-secondary'));
    next.append(link('/filing/waiting', '看看等着送出的'));
    if (!isCut) next.append(link('/sign-in?next=/filing/waiting', '去登录'));
    const back = async () => {
      line.remove();
      hideForm(false);
      sayAgain();
      await saveTyped();
      await show();
    };
    next.append(press('回去再改', back, 'quiet'));
    const line = say('warn', '等着送出', `${when[0]}。已存在这台电脑上，${when[1]}自动送出。`, next);
    line.tabIndex = -1;
    line.focus();
    await work();
  };
  /** The server told in its last answer that it has this form. */
  const arrived = async () => {
    const [, request] = /(?:^|; )cunban-arrived=([^;]+)/.exec(document.cookie) || [];
    if (!request) return;
    // biome-ignore lint/suspicious/noDocumentCookie: browsers of 2020 know no other way
    document.cookie = 'cunban-arrived=; path=/; max-age=0';
    for (const r of await all()) if (r.request === decodeURIComponent(request)) await drop(r.id);
  };

  /* ---- what waits is seen ---- */
  const openAt = (entry) => (entry.action === '/cases/new' ? `${entry.page}#${entry.id}` : entry.page);
  const strip = make('p', { className: 'waiting-strip', hidden: true });
  const show = async () => {
    const rows = await mine();
    if (list) return draw(rows);
    const count = rows.filter((r) => r.state === 'waiting' || r.state === 'refused').length;
    strip.hidden = count === 0;
    strip.textContent = '';
    strip.append(link('/filing/waiting', `${count} 件存在这台电脑上，等着送出`));
  };
  const GROUPS = [
    ['refused', '没有收下，要核对', '打开核对'],
    ['waiting', '等着送出', '打开再改'],
    ['typing', '没填完的', '接着填'],
    ['sent', '已送出', '继续办理'],
  ];
  const remove = async (entry) => {
    if (!window.confirm(`“${entry.who} · ${entry.title}”还没有送出，删除以后找不回来。确定删除吗？`)) return;
    await drop(entry.id);
    await show();
  };
  const entryLine = (entry, openWord) => {
    const { state, who, title, at, why } = entry;
    const since = make('span', {
      className: 'help',
      textContent: clock(at) + (state === 'sent' ? ' 送出' : ' 起'),
    });
    const line = make('li', {}, make('b', { textContent: who }), ` · ${title} `, since);
    if (state === 'refused') line.append(make('p', { className: 'field-error', textContent: why }));
    const acts = make('div', { className: 'actions' });
    const where = state === 'sent' ? entry.location : openAt(entry);
    acts.append(link(where, openWord, 'button button-secondary'));
    if (state === 'waiting') acts.append(press('现在就送', work));
    if (state !== 'sent') acts.append(press('删除', () => remove(entry), 'quiet'));
    line.append(acts);
    return line;
  };
  let drawn;
  const draw = (rows) => {
    const now = JSON.stringify(rows.map(({ id, state, at }) => [id, state, at]));
    if (now === drawn) return;
    drawn = now;
    list.textContent = rows.length === 0 ? '没有等着送出的，都已经在服务器上。' : '';
    for (const [state, title, openWord] of GROUPS) {
      const own = rows.filter((r) => r.state === state).map((r) => entryLine(r, openWord));
      const head = make('h2', { textContent: `${title}（${own.length}）` });
      const lines = make('ul', { className: 'waiting-list' }, ...own);
      if (own.length > 0) list.append(make('section', { className: 'card' }, head, lines));
    }
  };
  const state = make('p', { className: 'help' });
  /** Send what waits, when the line allows. */
  const work = async () => {
    const stuck = await tell('send');
    state.textContent =
      stuck === 'cut' ? '现在没有网，来网后自动送出。' : stuck ? '登录已经过期，登录以后自动送出。' : '';
    if (stuck && stuck !== 'cut') state.append(link('/sign-in?next=/filing/waiting', '去登录'));
    // A page out of the store carries no proof of the session.
    const proofs = $('[name=_csrf]').filter((p) => p.value === '');
    const { csrf = '' } = proofs.length > 0 ? await session() : {};
    for (const proof of proofs) proof.value = csrf;
    await show();
  };
  const sentNow = async ({ data }) => {
    const { who, title, at, why, state: now } = data;
    await show();
    if (list) return;
    if (now === 'sent') say('done', '已送出', `${who} · ${title} → `, link(at, '继续办理'));
    else say('error', '没有收下', `${who} · ${title}：${why} `, link('/filing/waiting', '去核对'));
  };

  if (form) {
    for (const happening of ['input', 'change']) form.addEventListener(happening, typed);
    form.addEventListener('click', (e) => e.target.closest('[name=_row]') && typed());
  }
  const start = async () => {
    await navigator.serviceWorker.register('/sw.js');
    await arrived();
    const account = await tell('key', mark ? { account: mark.dataset.keep } : {});
    me = account && (await deal('keep', 'readonly', (s) => s.get('key')));
    if (!me) {
      if (form || list) say('warn', '请注意', '这台电脑上没有人登录，断网时不能受理。');
      return;
    }
    if (list) list.before(state);
    else above(strip);
    for (const r of await all()) {
      // The page that was to answer did not come: the form did not get through, or its answer did not.
      if (isAway && r.busyUntil > 0) await deal('forms', 'readwrite', (s) => s.put({ ...r, busyUntil: 0 }));
      if (r.state === 'sent' && r.at < Date.now() - 43e6) await drop(r.id);
    }
    if (form) await startForm();
    navigator.serviceWorker.addEventListener('message', sentNow);
    window.addEventListener('online', work);
    setInterval(work, 30e3);
    await show();
    await work();
    const { connection = {} } = navigator;
    if (mark && !connection.saveData && !/2g/.test(connection.effectiveType))
      await tell('warm', { version: mark.dataset.version });
  };
  void start();
})();
