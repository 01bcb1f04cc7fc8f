/*
 * Materials are sent as soon as they are chosen, one page after the other, and are put in order and turned in place.
 * Without it the form sends them when it is saved. ES2019, no library, no inline handlers.
 */
(() => {
  const MOST = 10 * 1024 * 1024;
  const SMALL = 240;
  const root = document.getElementById('materials');
  const form = root && root.closest('form');
  if (!form) return;
  const make = (tag, props = {}) => Object.assign(document.createElement(tag), props);
  const proof = () => form.elements._csrf.value;
  const happens = (target, good, ...bad) =>
    new Promise((done, failed) => {
      target.addEventListener(good, () => done(target));
      for (const name of bad) target.addEventListener(name, () => failed(new Error(name)));
    });
  const line = (box, text, className = 'help') => {
    const p = make('p', { className, textContent: text });
    p.setAttribute('role', 'status');
    box.querySelector('[data-material-state]').after(p);
    return p;
  };

  /** A small picture of a page, so that a list of pages is light on the line. */
  const thumbOf = async (file) => {
    if (!/^image\//.test(file.type)) return undefined;
    const url = URL.createObjectURL(file);
    try {
      const image = make('img', { src: url });
      await image.decode();
      const scale = Math.min(1, SMALL / Math.max(image.naturalWidth, image.naturalHeight));
      const width = Math.max(1, Math.round(image.naturalWidth * scale));
      const height = Math.max(1, Math.round(image.naturalHeight * scale));
      const canvas = make('canvas', { width, height });
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, width, height);
      pen.drawImage(image, 0, 0, width, height);
      return await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.7));
    } catch (_) {
      return undefined; // not an image this browser can read: the server decides
    } finally {
      URL.revokeObjectURL(url);
    }
  };

  /** How the material stands now, as the server draws it. */
  const refresh = async (box, focusOn) => {
    const { filesAt, material } = box.dataset;
    const answer = await fetch(`${filesAt}-of/${material}`);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const state = document.importNode(drawn.querySelector('[data-material-state]'), true);
    box.querySelector('[data-material-state]').replaceWith(state);
    const left = root.querySelectorAll('[data-material-state=missing]').length;
    const said = root.querySelector('[data-left]');
    if (said) said.textContent = left === 0 ? '需要的材料都齐了。' : `还差 ${left} 项。`;
    if (!focusOn) return;
    const same = [...state.querySelectorAll('button')].find((b) => b.value === focusOn);
    (same || state.querySelector('button') || box.querySelector('[type=file]')).focus();
  };

  /** Why a file need not even be sent; empty when it may be. */
  const refusalOf = ({ name, size, type }) => {
    if (size === 0) return `“${name}”是空的，没有送出。`;
    if (size > MOST) return `“${name}”有 ${(size / 1048576).toFixed(1)} MB，超过 10 MB，没有送出。`;
    if (!/^(image\/(jpeg|png)|application\/pdf)$/.test(type))
      return `“${name}”不是 JPG、PNG、PDF，没有送出。`;
    return '';
  };
  const upload = async (box, file) => {
    const p = line(box, `正在送出 ${file.name} `, 'sending');
    const bar = p.appendChild(make('progress', { max: 100, value: 0 }));
    bar.setAttribute('aria-label', file.name);
    const body = new FormData();
    body.append('_csrf', proof());
    body.append('material', box.dataset.material);
    const thumb = await thumbOf(file);
    if (thumb) body.append('thumb', thumb, 'thumb.jpg');
    body.append('file', file, file.name);
    const asked = new XMLHttpRequest();
    asked.upload.addEventListener('progress', (e) => {
      bar.value = (100 * e.loaded) / e.total;
    });
    asked.open('POST', `/api${box.dataset.filesAt}`);
    asked.setRequestHeader('accept', 'application/json');
    asked.setRequestHeader('Idempotency-Key', crypto.getRandomValues(new Uint32Array(4)).join('-'));
    asked.send(body);
    try {
      await happens(asked, 'load', 'error', 'abort');
    } catch (_) {
      return false;
    } finally {
      p.remove();
    }
    if (asked.status >= 500 || asked.status === 401) return false;
    if (asked.status >= 400)
      line(box, `“${file.name}”：${JSON.parse(asked.responseText).title}`, 'field-error');
    return true;
  };
  let pending = null;
  /** Those that did not get through stay chosen: they go along when the form is saved. */
  const uploadAll = async (box, input) => {
    const files = [...input.files];
    input.value = '';
    const left = new DataTransfer();
    for (const file of files) {
      const refused = refusalOf(file);
      if (refused) line(box, refused, 'field-error');
      else if (!(await upload(box, file))) left.items.add(file);
    }
    input.files = left.files;
    if (left.files.length > 0)
      line(box, `${left.files.length} 个没有送到，还选着，保存时再送。`, 'field-error');
    if (left.files.length < files.length)
      await refresh(box).catch(() => line(box, '送到了；刷新这一页可以看到。'));
  };
  // From app.js, when photographs have been made smaller.
  root.addEventListener('shrunk', (e) => {
    const box = e.target.closest('[data-material]');
    for (const old of box.querySelectorAll('p.field-error[role=status]')) old.remove();
    const mine = (pending || Promise.resolve())
      .then(() => uploadAll(box, e.target))
      .then(() => {
        if (pending === mine) pending = null;
      });
    pending = mine;
  });
  form.addEventListener('submit', (e) => {
    if (!pending) return;
    e.preventDefault();
    e.stopPropagation();
    const { submitter } = e;
    pending.then(() => form.requestSubmit(submitter || undefined));
  });
  root.addEventListener('click', async (e) => {
    const button = e.target.closest('[name=_file], [name=_delete]');
    if (!button) return;
    e.preventDefault();
    const box = button.closest('[data-material]');
    const [act, id] = button.name === '_delete' ? ['delete', button.value] : button.value.split(':');
    const headers = { 'x-csrf-token': proof(), 'content-type': 'application/json' };
    const how =
      act === 'delete'
        ? { method: 'DELETE', headers }
        : { method: 'POST', headers, body: JSON.stringify({ act }) };
    const answer = await fetch(`/api${box.dataset.filesAt}/${id}`, how).catch(() => undefined);
    if (answer && answer.ok) await refresh(box, act === 'delete' ? `restore:${id}` : button.value);
    else line(box, '没有做成：现在连不上服务站，或者登录已经过期。', 'field-error');
  });
})();
