/*
 * Filing when the line is cut: what is typed is kept on this computer, sealed under the key of whoever is signed in,
 * and sent once when the line is back. ES2019, no library, no inline handlers. The worker is sw.js.
 */
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, props = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...children);
    return made;
  };
  const HOUR = 3600e3;
  /** A day and a night after the server was last heard, what waits is locked until somebody signs in. */
  const KEY_LIFE = 24 * HOUR;
  /** A form on its way is left alone for so long before it is sent again. */
  const LEASE = 60e3;
  const mark = document.querySelector('[data-keep]');
  const form = document.querySelector('form[data-offline-title]');
  const list = document.querySelector('[data-waiting]');
  const isAway = document.querySelector('[data-offline]') !== null;
  const clock = (at) => {
    const d = new Date(at);
    const two = (n) => String(n).padStart(2, '0');
    const day =
      d.toDateString() === new Date().toDateString() ? '' : `${d.getMonth() + 1}月${d.getDate()}日 `;
    return `${day}${two(d.getHours())}:${two(d.getMinutes())}`;
  };
  const say = (kind, word, ...children) => {
    const line = make('div', { className: `flash flash-${kind}` }, make('strong', { textContent: word }));
    line.setAttribute('role', kind === 'error' ? 'alert' : 'status');
    line.append(make('span', {}, ...children));
    document.querySelector('h1').before(line);
    return line;
  };
  const link = (href, textContent) => make('a', { href, textContent });
  const press = (textContent, act, kind = 'secondary') => {
    const button = make('button', { type: 'button', className: `button button-${kind}`, textContent });
    button.addEventListener('click', act);
    return button;
  };

  if (!window.isSecureContext || !window.indexedDB || !navigator.serviceWorker) {
    if (form || list)
      say('warn', '请注意', '这台电脑用的网址不是加密连接（https），断网时不能受理；请随时保存草稿。');
    return;
  }

  /* ---- the store: forms sealed with AES-GCM; beside them only an id, whose they are, and how they stand ---- */
  let database;
  const open = () => {
    database =
      database ||
      new Promise((done, failed) => {
        const asked = indexedDB.open('cunban', 1);
        asked.onupgradeneeded = () => {
          asked.result.createObjectStore('keep', { keyPath: 'id' });
          asked.result.createObjectStore('forms', { keyPath: 'id' });
        };
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    return database;
  };
  const deal = async (name, mode, work) => {
    const db = await open();
    return new Promise((done, failed) => {
      const trx = db.transaction(name, mode);
      const asked = work(trx.objectStore(name));
      trx.oncomplete = () => done(asked && asked.result);
      trx.onabort = () => failed(trx.error);
    });
  };
  const find = (name, id) => deal(name, 'readonly', (s) => s.get(id));
  const put = (name, value) => deal(name, 'readwrite', (s) => s.put(value));
  const drop = (name, id) => deal(name, 'readwrite', (s) => s.delete(id));

  /* ---- whose computer it is now ---- */
  let me; // { account, key }
  const ask = async (path, wait = 5000) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), wait);
    try {
      return await fetch(path, {
        headers: { accept: 'application/json', 'x-quiet': 'yes' },
        signal: stop.signal,
      });
    } finally {
      clearTimeout(timer);
    }
  };
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const blobOf = (url) => new Blob([bytesOf(url.split(',')[1])], { type: /:(.*?);/.exec(url)[1] });
  const signedIn = async () => {
    const kept = await find('keep', 'key');
    const isMine = kept && (!mark || mark.dataset.keep === kept.account);
    if (isMine && kept.until - Date.now() > KEY_LIFE - HOUR) return kept;
    if (kept && !isMine)
      await Promise.all([drop('keep', 'key'), drop('keep', 'warm'), caches.delete('cunban-pages')]);
    const usable = isMine && kept.until > Date.now() ? kept : undefined;
    if (!mark && !usable) return undefined;
    const answer = await ask('/api/session/local-key').catch(() => undefined);
    if (!answer || !answer.ok) return usable;
    const { account, key } = await answer.json();
    if (mark && account !== mark.dataset.keep) return undefined;
    const sealed = await crypto.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
    const fresh = { id: 'key', account, key: sealed, until: Date.now() + KEY_LIFE };
    await put('keep', fresh);
    return fresh;
  };
  const seal = async (what) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(what));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, me.key, text) };
  };
  const opened = async (row) => {
    const { iv } = row;
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, me.key, row.data);
    return { ...row, ...JSON.parse(new TextDecoder().decode(text)) };
  };
  /** My forms, as they stand: `typing`, `waiting`, `refused`, `sent`. */
  const mine = async () => {
    const rows = await deal('forms', 'readonly', (s) => s.getAll());
    const own = rows.filter((r) => r.account === me.account).sort((a, b) => a.at - b.at);
    return Promise.all(own.map(opened));
  };
  const keep = async (row, { title, who, action, page, fields, version, why, location }) =>
    put('forms', {
      ...{ id: row.id, request: row.request, account: me.account, state: row.state, at: row.at },
      ...{ tries: row.tries || 0, busyUntil: row.busyUntil || 0 },
      ...(await seal({ title, who, action, page, fields, version, why, location })),
    });

  /* ---- what is on the page ---- */
  const SILENT = ['_csrf', '_row', '_request', '_do', '_again', 'version'];
  const dataUrl = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(file);
    });
  /** Names and texts; files, where they are wanted, as `{ name, url }`. */
  const collect = async (isWithFiles) => {
    const fields = [];
    for (const [name, value] of new FormData(form)) {
      if (SILENT.includes(name)) continue;
      if (typeof value === 'string') fields.push([name, value]);
      else if (isWithFiles && value.size > 0)
        fields.push([name, { name: value.name, url: await dataUrl(value) }]);
    }
    return fields;
  };
  const textsOf = (fields) =>
    JSON.stringify(fields.filter(([n, v]) => typeof v === 'string' && v !== '' && !SILENT.includes(n)));
  const field = (name) => $(`[name="${name}"]`, form)[0];
  const isNew = form !== null && new URL(form.action).pathname === '/cases/new';
  const newId = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((b) => `0${b.toString(16)}`.slice(-2)).join('');
  const page = location.pathname + location.search;
  let row; // of the form on this page
  const about = (fields) => {
    const name = fields.find(([n]) => n === '/applicant/name');
    return {
      ...{
        title: form.dataset.offlineTitle,
        who: (name && name[1]) || '没填姓名',
        action: new URL(form.action).pathname,
      },
      ...{ page, fields, version: (field('version') || {}).value },
    };
  };
  let timer = 0;
  let lastTyped = 0;
  const saveTyped = async () => {
    timer = 0;
    if (!me || form.hidden) return;
    const fields = await collect(false);
    await keep({ ...row, state: 'typing', at: Date.now() }, about(fields));
    form.dataset.kept = 'yes';
  };
  const typed = (e) => {
    if (e.target.form !== form) return;
    lastTyped = Date.now();
    timer = timer || setTimeout(saveTyped, 400);
  };

  /* ---- typed before, put back ---- */
  const rowsOf = (list) => [...list.children].filter((r) => r.hasAttribute('data-row'));
  const indexOf = (line, pointer) =>
    $('[name]', line)[0]
      .name.slice(pointer.length + 1)
      .split('/')[0];
  /** As many rows as were typed; the names then speak of the rows that are there. */
  const fitRows = (fields) => {
    const done = new Set();
    const next = () => $('[data-rows]', form).find((l) => !done.has(l));
    for (let lines = next(); lines; lines = next()) {
      done.add(lines);
      const pointer = lines.dataset.rows;
      const known = fields.map(([name]) => name).filter((name) => name.startsWith(`${pointer}/`));
      const indexes = [...new Set(known.map((name) => name.slice(pointer.length + 1).split('/')[0]))];
      const add = $('[name=_row]', form).find((b) => b.value === `add:${pointer}`);
      for (let i = rowsOf(lines).length; add && i < indexes.length; i += 1) add.click();
      const rows = rowsOf(lines);
      for (const extra of rows.splice(indexes.length)) extra.remove();
      const moved = new Map(rows.map((r, i) => [indexes[i], indexOf(r, pointer)]));
      fields = fields.map(([name, value]) => {
        if (!name.startsWith(`${pointer}/`)) return [name, value];
        const [index, ...rest] = name.slice(pointer.length + 1).split('/');
        return [[pointer, moved.has(index) ? moved.get(index) : index, ...rest].join('/'), value];
      });
    }
    return fields;
  };
  const drawSignature = (hidden, url) => {
    const canvas = hidden.parentNode.querySelector('canvas');
    hidden.value = url;
    if (!canvas || !url) return;
    const image = make('img', { src: url });
    image.decode().then(() => canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height));
  };
  const fill = (saved) => {
    const fields = fitRows(saved);
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    for (const input of $('[name]', form)) {
      const { type, name } = input;
      if (SILENT.includes(name) || type === 'submit') continue;
      const was = values.get(name) || [];
      const isSignature = input.closest('[data-signature]');
      if (type === 'checkbox' || type === 'radio') input.checked = was.includes(input.value);
      else if (type === 'hidden') isSignature && drawSignature(input, (was[0] || {}).url || was[0] || '');
      else if (type !== 'file') input.value = (was.length > 1 ? was.shift() : was[0]) || '';
      else if (!isSignature) {
        const bag = new DataTransfer();
        for (const { name: called, url } of was) bag.items.add(new File([blobOf(url)], called));
        input.files = bag.files;
      }
    }
    for (const input of $('[data-check]', form)) input.dispatchEvent(new Event('input', { bubbles: true }));
    const first = $('select, input', form).find((e) => e.type !== 'hidden');
    if (first) first.dispatchEvent(new Event('change', { bubbles: true }));
    window.scrollTo(0, 0);
  };
  const heldElsewhere = async (id) => {
    if (!navigator.locks) return false;
    const { held } = await navigator.locks.query();
    return held.some((l) => l.name === `form ${id}`);
  };
  const discard = async () => {
    if (!window.confirm('恢复的内容丢弃以后找不回来。确定丢弃吗？')) return;
    form.hidden = true; // nothing more is kept of it
    await drop('forms', row.id);
    location.replace(page);
  };
  const restore = (found) => {
    const put = () => {
      fill(found.fields);
      const line = say('done', '已恢复', `${clock(found.at)} 填写的内容，都在下面。`, press('丢弃', discard));
      line.classList.add('restored');
      if (found.why) say('error', '没有收下', found.why);
    };
    if (isNew || found.version === field('version').value) return put();
    const line = say(
      'warn',
      '请核对',
      `这台电脑上有 ${clock(found.at)} 填写、没有送到的内容；服务器上的后来改过，下面是服务器上的。`,
      press('换成这台电脑上的', () => line.remove() || put()),
      press('丢弃', discard, 'quiet'),
    );
  };
  /** Before the session may have run out while the page lay in the store: its proof is asked for anew. */
  const again = (isAgain) => {
    if (isAgain && !field('_again'))
      form.append(make('input', { type: 'hidden', name: '_again', value: 'yes' }));
  };
  const startForm = async () => {
    const request = field('_request');
    row = { id: isNew ? request.value : new URL(form.action).pathname, request: request.value };
    const rows = await mine();
    const wanted = rows.find((r) => `#${r.id}` === location.hash);
    let found = rows.find((r) => r.id === row.id);
    if (isNew && !found) {
      const free = [];
      for (const r of rows)
        if (r.page === page && r.state === 'typing' && !(await heldElsewhere(r.id))) free.push(r);
      found = wanted || free.pop();
      row.id = row.request = found ? found.request : newId();
      request.value = row.request;
    }
    if (navigator.locks) navigator.locks.request(`form ${row.id}`, () => new Promise(() => {}));
    if (found) {
      again(found.tries > 0);
      row.tries = found.tries;
      if (textsOf(found.fields) !== textsOf(await collect(false))) restore(found);
      await keep({ ...row, state: 'typing', at: found.at }, found);
      if (wanted) history.replaceState(null, '', page);
    }
    form.addEventListener('input', typed);
    form.addEventListener('change', typed);
    form.addEventListener('click', (e) => e.target.closest('[name=_row]') && typed({ target: { form } }));
    window.addEventListener('pagehide', () => timer && saveTyped());
    // app.js: everything typed before `detail` is with the server.
    form.addEventListener('saved', (e) => (lastTyped < e.detail ? drop('forms', row.id) : saveTyped()));
    window.addEventListener('pageshow', () => delete form.dataset.going);
    document.addEventListener('submit', submitted);
    form.dataset.ready = 'yes';
  };

  /* ---- sending ---- */
  const session = async () => {
    const answer = await ask('/api/session').catch(() => undefined);
    if (!answer) return { isCut: true };
    return answer.ok ? answer.json() : { isCut: answer.status !== 401 };
  };
  /** The form is on this computer before it leaves; when it arrived, the next page is told so (`arrived`). */
  const submitted = async (e) => {
    if (e.target !== form || e.defaultPrevented || form.dataset.going || !me) return;
    if (e.submitter && e.submitter.name !== '_do') return;
    e.preventDefault();
    clearTimeout(timer);
    timer = 0;
    const fields = await collect(true);
    const doing = e.submitter ? e.submitter.value : 'save';
    const waiting = { ...row, state: 'waiting', at: Date.now(), tries: (row.tries || 0) + 1 };
    await keep({ ...waiting, busyUntil: Date.now() + LEASE }, about([...fields, ['_do', doing]]));
    const { csrf, account } = await session();
    delete form.dataset.sent;
    if (csrf && account.id === me.account) {
      field('_csrf').value = csrf;
      again(row.tries > 0);
      form.dataset.going = 'yes';
      form.requestSubmit(e.submitter || undefined);
      return;
    }
    row.tries = waiting.tries;
    await keep(waiting, about([...fields, ['_do', doing]]));
    queued();
  };
  const queued = async () => {
    form.hidden = true;
    for (const b of $('[aria-disabled]', form)) b.removeAttribute('aria-disabled');
    const { isCut } = await session();
    const line = say(
      'warn',
      '等着送出',
      `${isCut ? '现在没有网' : '登录已经过期'}。已存在这台电脑上，${isCut ? '来网后' : '登录以后'}自动送出。`,
      make(
        'span',
        { className: 'flash-links' },
        isNew ? link(page, '受理下一位') : '',
        link('/filing/waiting', '看看等着送出的'),
        isCut ? '' : link('/sign-in?next=/filing/waiting', '去登录'),
        press('回去再改', async () => {
          line.remove();
          form.hidden = false;
          again(true);
          await saveTyped();
          badge();
        }),
      ),
    );
    line.tabIndex = -1;
    line.focus();
    badge();
  };
  /** What the server has, so that nothing is sent that has arrived. */
  const arrived = async () => {
    const told = /(?:^|; )cunban-arrived=([^;]+)/.exec(document.cookie);
    if (!told) return;
    // biome-ignore lint/suspicious/noDocumentCookie: browsers of 2020 know no other way
    document.cookie = 'cunban-arrived=; path=/; max-age=0';
    for (const r of await deal('forms', 'readonly', (s) => s.getAll()))
      if (r.request === decodeURIComponent(told[1])) await drop('forms', r.id);
  };
  /** One tab at a time takes a form, in one transaction of the store. */
  const take = (id) =>
    new Promise((done, failed) => {
      open().then((db) => {
        const trx = db.transaction('forms', 'readwrite');
        const forms = trx.objectStore('forms');
        let taken = false;
        const asked = forms.get(id);
        asked.onsuccess = () => {
          const r = asked.result;
          taken = Boolean(r) && r.state === 'waiting' && r.busyUntil < Date.now();
          if (taken) forms.put({ ...r, busyUntil: Date.now() + LEASE, tries: r.tries + 1 });
        };
        trx.oncomplete = () => done(taken);
        trx.onabort = () => failed(trx.error);
      }, failed);
    });
  const post = (entry, csrf) => {
    const body = new FormData();
    for (const [name, value] of entry.fields) {
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, blobOf(value.url), value.name);
    }
    body.append('_request', entry.request);
    if (entry.tries > 0) body.append('_again', 'yes');
    if (entry.version !== undefined) body.append('version', entry.version);
    const headers = { accept: 'application/json', 'x-quiet': 'yes', 'x-csrf-token': csrf };
    return fetch(entry.action, { method: 'POST', body, headers });
  };
  const refusalOf = async (answer) => {
    const problem = await answer.json().catch(() => ({}));
    const faults = (problem.faults || []).map((f) => f.message);
    const generic = answer.status === 409 ? '这份申请后来在别处保存过' : '有内容要核对';
    return [problem.title || generic, ...faults].join('；');
  };
  /** Sends what waits, one after the other, each once. */
  const sendWaiting = async () => {
    if (!me || navigator.onLine === false) return;
    const waiting = (await mine()).filter((r) => r.state === 'waiting' && r.busyUntil < Date.now());
    if (waiting.length === 0) return;
    const { csrf, account } = await session();
    lineSays(account ? '' : csrf === undefined);
    if (!account || account.id !== me.account) return;
    for (const entry of waiting) {
      if (!(await take(entry.id))) continue;
      const answer = await post(entry, csrf).catch(() => undefined);
      const isLater = !answer || answer.status >= 500 || [401, 403, 429].includes(answer.status);
      if (isLater) await keep({ ...entry, tries: entry.tries + 1 }, entry);
      else if (answer.ok && /json/.test(answer.headers.get('content-type'))) {
        const { location: at } = await answer.json();
        await keep({ ...entry, state: 'sent', at: Date.now() }, { ...entry, fields: [], location: at });
        if (!list) say('done', '已送出', `${entry.who} · ${entry.title} → `, link(at, '继续办理'));
      } else {
        const why = await refusalOf(answer);
        await keep({ ...entry, state: 'refused', tries: entry.tries + 1 }, { ...entry, why });
        if (!list)
          say('error', '没有收下', `${entry.who} · ${entry.title}：${why} `, link(openAt(entry), '打开核对'));
      }
      await badge();
    }
  };
  const openAt = (entry) => (entry.action === '/cases/new' ? `${entry.page}#${entry.id}` : entry.page);

  /* ---- what waits is seen ---- */
  let strip;
  const badge = async () => {
    if (!me) return;
    const rows = await mine();
    const count = rows.filter((r) => r.state === 'waiting' || r.state === 'refused').length;
    if (list) return draw(rows);
    if (strip) strip.remove();
    strip = undefined;
    if (count === 0) return;
    strip = make(
      'p',
      { className: 'waiting-strip' },
      link('/filing/waiting', `${count} 件存在这台电脑上，等着送出`),
    );
    document.querySelector('h1').before(strip);
  };
  const GROUPS = [
    ['refused', '没有收下，要核对', '打开核对'],
    ['waiting', '等着送出', '打开再改'],
    ['typing', '没填完的', '接着填'],
    ['sent', '已送出', '继续办理'],
  ];
  const lineSays = (isSignedOut) => {
    if (!list) return;
    const line =
      document.querySelector('[data-line]') ||
      list.parentNode.insertBefore(make('p', { className: 'help' }), list);
    line.dataset.line = '';
    const isCut = navigator.onLine === false;
    line.textContent = isCut
      ? '现在没有网，来网后自动送出。'
      : isSignedOut
        ? '登录已经过期，登录以后自动送出。'
        : '';
    if (isSignedOut && !isCut) line.append(link('/sign-in?next=/filing/waiting', '去登录'));
  };
  const remove = async (entry) => {
    if (!window.confirm(`“${entry.who} · ${entry.title}”还没有送出，删除以后找不回来。确定删除吗？`)) return;
    await drop('forms', entry.id);
    badge();
  };
  const sendNow = async (entry) => {
    await put('forms', { ...(await find('forms', entry.id)), busyUntil: 0 });
    await sendWaiting();
    badge();
  };
  const entryLine = (entry, openWord) => {
    const { state, who, title, at, why } = entry;
    const acts = make('div', { className: 'actions' });
    const where = state === 'sent' ? entry.location : openAt(entry);
    acts.append(make('a', { href: where, className: 'button button-secondary', textContent: openWord }));
    if (state === 'waiting') acts.append(press('现在就送', () => sendNow(entry)));
    if (state !== 'sent') acts.append(press('删除', () => remove(entry), 'quiet'));
    const since = make('span', {
      className: 'help',
      textContent: `${clock(at)}${state === 'sent' ? ' 送出' : ' 起'}`,
    });
    const line = make('li', {}, make('b', { textContent: who }), ` · ${title} `, since);
    if (why && state === 'refused') line.append(make('p', { className: 'field-error', textContent: why }));
    line.append(acts);
    return line;
  };
  let drawn = '';
  const draw = (rows) => {
    const now = JSON.stringify(rows.map(({ id, state, at }) => [id, state, at]));
    if (now === drawn) return;
    drawn = now;
    list.textContent = '';
    for (const [state, title, openWord] of GROUPS) {
      const own = rows.filter((r) => r.state === state);
      if (own.length === 0) continue;
      const lines = make('ul', { className: 'waiting-list' }, ...own.map((r) => entryLine(r, openWord)));
      list.append(
        make(
          'section',
          { className: 'card' },
          make('h2', { textContent: `${title}（${own.length}）` }),
          lines,
        ),
      );
    }
    if (list.children.length === 0)
      list.append(make('p', { className: 'empty', textContent: '没有等着送出的，都已经在服务器上。' }));
  };

  /* ---- the empty forms, kept for hours without a line ---- */
  const idle = () =>
    new Promise((done) =>
      (window.requestIdleCallback || ((f) => setTimeout(f, 500)))(done, { timeout: 5000 }),
    );
  const warm = async () => {
    const { connection } = navigator;
    if (!mark || (connection && (connection.saveData || /2g/.test(connection.effectiveType)))) return;
    const last = await find('keep', 'warm');
    if (last && last.version === mark.dataset.version) return;
    const told = await ask('/api/session/kept-pages');
    if (!told.ok) return;
    const { version, pages, assets } = await told.json();
    const kept = await caches.open('cunban-pages');
    for (const path of pages) {
      await idle();
      const answer = await ask(path, 30e3);
      if (answer.redirected || !answer.ok || !/html/.test(answer.headers.get('content-type'))) return;
      const text = (await answer.text()).replace(/(name="_csrf" value=")[^"]*/g, '$1');
      const headers = {};
      for (const name of ['content-type', 'content-security-policy'])
        headers[name] = answer.headers.get(name);
      await kept.put(path, new Response(text, { headers }));
    }
    const house = await caches.open('cunban-house');
    for (const { url } of await house.keys())
      if (/\/assets\//.test(url) && !assets.includes(new URL(url).pathname)) await house.delete(url);
    await put('keep', { id: 'warm', version });
    document.documentElement.dataset.warm = version;
  };
  /** A page out of the store carries no proof of the session: it is asked for when the line is back. */
  const prove = async () => {
    const proofs = $('[name=_csrf]');
    if (proofs.length === 0 || proofs[0].value !== '') return;
    const { csrf } = await session();
    for (const proof of proofs) proof.value = csrf || '';
  };

  const start = async () => {
    await arrived();
    me = await signedIn();
    if (!me) {
      if (form || list) say('warn', '请注意', '这台电脑上没有登录过，断网时不能受理。');
      return;
    }
    const rows = await mine();
    for (const r of rows) {
      // The page that was to answer did not come: the form did not get through, or its answer did not.
      if (isAway && r.state === 'waiting') await keep({ ...r, busyUntil: 0 }, r);
      if (r.state === 'sent' && r.at < Date.now() - 12 * HOUR) await drop('forms', r.id);
    }
    if (form) await startForm();
    await badge();
    lineSays(false);
    const work = () => Promise.all([prove(), sendWaiting()]).then(badge);
    window.addEventListener('online', work);
    window.addEventListener('offline', () => lineSays(false));
    setInterval(work, 30e3);
    await work();
    await warm();
  };
  navigator.serviceWorker.register('/sw.js');
  start();
})();
