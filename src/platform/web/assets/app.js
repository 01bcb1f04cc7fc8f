/*
 * Comfort for browsers with script; every page works without it. ES2019, no library, no inline handlers.
 * Checks mirror kernel/identity.ts (a test compares them).
 */
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, props = {}) => Object.assign(document.createElement(tag), props);
  document.documentElement.classList.add('js');

  /* ---- numbers: identity card, organisation code, bank card, telephone ---- */
  const half = (s) => s.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const tidy = (s) => half(s).replace(/\s/g, '').toUpperCase();
  const weigh = (s, weights, alphabet) => weights.reduce((sum, w, i) => sum + w * alphabet.indexOf(s[i]), 0);
  const today = () =>
    document.documentElement.dataset.today || new Date(Date.now() + 288e5).toISOString().slice(0, 10);
  const isDate = (s) => {
    const d = new Date(`${s}T00:00:00Z`);
    return !Number.isNaN(d.getTime()) && d.toISOString().startsWith(s);
  };
  const provinces = /^(9|1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
  const ageOn = (birth, day) => day.slice(0, 4) - birth.slice(0, 4) - (day.slice(5) < birth.slice(5) ? 1 : 0);
  const checks = {
    'cn-id'(s) {
      if (s.length !== 18) return `应为 18 位，现在 ${s.length} 位`;
      if (!/^\d{17}[\dX]$/.test(s)) return '前 17 位应为数字，末位为数字或 X';
      if (!provinces.test(s)) return '前两位不是有效的省份代码';
      const birth = `${s.slice(6, 10)}-${s.slice(10, 12)}-${s.slice(12, 14)}`;
      if (!isDate(birth)) return '其中的出生日期不存在，请核对第 7 至 14 位';
      if (birth > today()) return '其中的出生日期晚于今天，请核对第 7 至 14 位';
      const sum = weigh(s, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], '0123456789');
      return '10X98765432'[sum % 11] === s[17] ? '' : '校验位不符，请逐位核对';
    },
    uscc(s) {
      const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
      if (s.length !== 18) return `应为 18 位，现在 ${s.length} 位`;
      if ([...s].some((c) => !alphabet.includes(c))) return '含有代码中没有的字符（不用 I、O、S、V、Z）';
      const sum = weigh(s, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28], alphabet);
      return alphabet[(31 - (sum % 31)) % 31] === s[17] ? '' : '校验位不符，请逐位核对';
    },
    'bank-card'(raw) {
      const s = raw.replace(/-/g, '');
      if (!/^\d*$/.test(s)) return '只能有数字';
      if (s.length < 16 || s.length > 19) return `应为 16 至 19 位，现在 ${s.length} 位`;
      const sum = [...s].reverse().reduce((total, c, i) => {
        const n = c * (1 + (i % 2));
        return total + (n > 9 ? n - 9 : n);
      }, 0);
      return sum % 10 === 0 ? '' : '校验不符，请逐位核对';
    },
    'cn-phone'(s) {
      const isPhone =
        s === '无' || /^1[3-9]\d{9}$/.test(s.replace(/-/g, '')) || /^0\d{2,3}-?\d{7,8}$/.test(s);
      return isPhone ? '' : '应为 11 位手机号，或带区号的座机号';
    },
  };
  const facts = (s) => {
    const birth = `${s.slice(6, 10)}-${s.slice(10, 12)}-${s.slice(12, 14)}`;
    return `${s[16] % 2 ? '男' : '女'}，${birth} 出生，${ageOn(birth, today())} 岁`;
  };
  const liveLine = (input) => {
    const id = `${input.id}__live`;
    let line = document.getElementById(id);
    if (!line) {
      line = make('p', { id, className: 'live' });
      line.setAttribute('role', 'status');
      input.closest('.control').append(line);
    }
    return line;
  };
  const checkField = (input) => {
    const check = checks[input.dataset.check];
    if (!check) return;
    const line = liveLine(input);
    const text = tidy(input.value);
    const isExempt =
      input.dataset.unless && matches(input.form, input.dataset.unless, input.dataset.unlessIn);
    const wrong = text === '' || isExempt ? '' : check(text);
    line.textContent = wrong;
    if (!wrong && !isExempt && text !== '')
      line.textContent = input.dataset.check === 'cn-id' ? facts(text) : '✓ 校验通过';
    line.className = wrong ? 'live live-bad' : 'live live-good';
  };

  /* ---- fields that are asked only sometimes ---- */
  const valuesOf = (form, name) =>
    $('[name]', form)
      .filter((e) => e.name === name && !e.closest('[data-off]') && e.type !== 'hidden')
      .filter((e) => (e.type !== 'radio' && e.type !== 'checkbox') || e.checked)
      .map((e) => (e.type === 'checkbox' && e.value === 'on' ? 'true' : e.value));
  const matches = (form, name, list) => valuesOf(form, name).some((v) => JSON.parse(list).includes(v));
  const showFields = (form) => {
    const fields = $('[data-show]', form);
    const names = new Set($('[name]', form).map((e) => e.name));
    // A hidden field hides what hangs on it: once more per link of the chain, until nothing moves.
    for (let moved = true, left = fields.length; moved && left >= 0; left -= 1) {
      moved = false;
      for (const field of fields) {
        // Hangs on something that is not typed here (a computed value): as the server drew it.
        if (!names.has(field.dataset.show)) continue;
        const off = !matches(form, field.dataset.show, field.dataset.in);
        if (off !== field.hasAttribute('data-off')) moved = true;
        field.toggleAttribute('data-off', off);
      }
    }
  };

  /* ---- rows ---- */
  const renumber = (list) => {
    [...list.children].forEach((row, i) => {
      for (const n of $('[data-row-number]', row)) if (n.closest('[data-row]') === row) n.textContent = i + 1;
    });
  };
  const rowAction = (button) => {
    const [, verb, pointer] = /^(add|remove):(.*)$/s.exec(button.value);
    if (verb === 'remove') {
      const row = button.closest('[data-row]');
      const list = row.parentNode;
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      renumber(list);
      (next || list.closest('fieldset')).focus();
      return;
    }
    const scope = button.closest('fieldset');
    const list = $('[data-rows]', scope).find((e) => e.dataset.rows === pointer);
    const template = $('template', scope).find((e) => e.dataset.rowTemplate === pointer);
    if (list.children.length >= Number(button.dataset.max)) {
      window.alert(`最多 ${button.dataset.max} 行`);
      return;
    }
    const used = [...list.children].map((row) =>
      Number(
        row.dataset.index ||
          row
            .querySelector('[name]')
            .name.slice(pointer.length + 1)
            .split('/')[0],
      ),
    );
    const index = Math.max(-1, ...used) + 1;
    const copy = make('template');
    copy.innerHTML = template.innerHTML.split(template.dataset.token).join(index);
    const row = copy.content.querySelector('[data-row]');
    row.dataset.index = index;
    list.append(row);
    renumber(list);
    showFields(button.form);
    const first = $('input, select, textarea', row).find((e) => e.type !== 'hidden');
    if (first) first.focus();
  };

  /* ---- photographs: at most 1600 px, JPEG, before they are sent ---- */
  const busy = new WeakMap();
  const shrink = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= 500 * 1024) return file;
    const url = URL.createObjectURL(file);
    try {
      const image = make('img', { src: url });
      await image.decode();
      const scale = Math.min(1, 1600 / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = make('canvas', {
        width: Math.round(image.naturalWidth * scale),
        height: Math.round(image.naturalHeight * scale),
      });
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' });
    } catch (_) {
      return file; // not an image this browser can read: the server decides
    } finally {
      URL.revokeObjectURL(url);
    }
  };
  const shrinkAll = async (input) => {
    const bag = new DataTransfer();
    for (const file of await Promise.all([...input.files].map(shrink))) bag.items.add(file);
    input.files = bag.files;
  };

  /* ---- signature ---- */
  const signaturePad = (box) => {
    const hidden = box.querySelector('[type=hidden]');
    const upload = box.querySelector('[type=file]');
    const canvas = make('canvas', { width: 600, height: 200, hidden: hidden.value !== '' });
    const clear = make('button', {
      type: 'button',
      className: 'button button-secondary',
      textContent: '重新签名',
    });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', '签名区：用手指、笔或鼠标在此签名');
    const pen = canvas.getContext('2d');
    Object.assign(pen, { lineWidth: 4, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' });
    const at = (e) => [
      (e.offsetX * canvas.width) / canvas.clientWidth,
      (e.offsetY * canvas.height) / canvas.clientHeight,
    ];
    let drawing = false;
    canvas.addEventListener('pointerdown', (e) => {
      drawing = true;
      canvas.setPointerCapture(e.pointerId);
      pen.beginPath();
      pen.moveTo(...at(e));
    });
    canvas.addEventListener('pointermove', (e) => {
      if (!drawing) return;
      pen.lineTo(...at(e));
      pen.stroke();
    });
    canvas.addEventListener('pointerup', () => {
      drawing = false;
      hidden.value = canvas.toDataURL('image/png');
      upload.value = '';
      hidden.dispatchEvent(new Event('change', { bubbles: true }));
    });
    clear.addEventListener('click', () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      hidden.value = '';
      canvas.hidden = false;
      for (const image of $('img', box)) image.remove();
      hidden.dispatchEvent(new Event('change', { bubbles: true }));
    });
    hidden.after(canvas, clear, make('p', { className: 'help', textContent: '也可以上传签名的照片：' }));
  };

  /* ---- drafts ---- */
  const saves = new WeakMap();
  const draft = (form) => {
    const state = make('p', { className: 'save-state' });
    state.setAttribute('role', 'status');
    (form.querySelector('.actions') || form).append(state);
    const say = (text, failed) => {
      state.textContent = text;
      state.classList.toggle('failed', failed);
    };
    let timer = 0;
    let wait = 3000;
    const save = async () => {
      const began = Date.now();
      const data = [...new FormData(form)].filter(([name, v]) => typeof v === 'string' && name !== '_row');
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: 'POST',
          credentials: 'same-origin',
          headers: { accept: 'application/json' },
          body: new URLSearchParams(data),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const reply = await answer.json().catch(() => ({}));
        if (reply.version !== undefined && form.elements.version) form.elements.version.value = reply.version;
        wait = 3000;
        form.dispatchEvent(new CustomEvent('saved', { detail: began }));
        const now = new Date();
        say(
          `已保存 ${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`,
          false,
        );
      } catch (e) {
        const isSignedOut = e.message === '401' || e.message === '403';
        say(isSignedOut ? '未保存：登录已过期，请在新窗口登录' : '未保存，正在重试…', true);
        wait = Math.min(wait * 2, 60000);
        later();
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };
    saves.set(form, () => clearTimeout(timer));
    return later;
  };

  /* ---- one listener per event for the whole page ---- */
  const drafts = new WeakMap();
  const changed = (e) => {
    const form = e.target.form;
    if (!form) return;
    if (e.target.dataset.check) checkField(e.target);
    if (e.type === 'change') {
      for (const input of $('[data-unless]', form))
        if (input.dataset.unless === e.target.name) checkField(input);
    }
    showFields(form);
    if (drafts.has(form)) drafts.get(form)();
  };
  document.addEventListener('input', changed);
  document.addEventListener('change', changed);
  document.addEventListener('change', (e) => {
    if (e.target.type !== 'file' || !e.target.files.length) return;
    const form = e.target.form;
    const work = shrinkAll(e.target).finally(() => {
      if (busy.get(form) === work) busy.delete(form);
      e.target.dispatchEvent(new Event('shrunk', { bubbles: true }));
    });
    busy.set(form, work);
  });
  document.addEventListener('click', (e) => {
    const button = e.target.closest('form button, button[form]');
    if (button === null) return;
    if (button.name === '_row') {
      e.preventDefault();
      const form = button.form;
      rowAction(button);
      if (drafts.has(form)) drafts.get(form)();
      return;
    }
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) e.preventDefault();
  });
  document.addEventListener('submit', (e) => {
    const form = e.target;
    const button = e.submitter;
    if (form.dataset.sent) return e.preventDefault();
    if (busy.has(form)) {
      e.preventDefault();
      busy.get(form).then(() => (button ? button.click() : form.requestSubmit()));
      return;
    }
    if (form.method === 'get' || form.target) return;
    form.dataset.sent = 'yes';
    if (saves.has(form)) saves.get(form)();
    for (const b of $('button', form)) b.setAttribute('aria-disabled', 'true');
  });
  // Back from the next page: the form may be sent again.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) {
      delete form.dataset.sent;
      for (const b of $('button[aria-disabled]', form)) b.removeAttribute('aria-disabled');
    }
  });
  // Ctrl+Enter presses the main button of the form one is in; outside of forms that of the page, if it has only one.
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey)) return;
    const form = e.target.form || e.target.closest('form');
    const mains = $('.button-primary[type=submit]', form || document.querySelector('main'));
    if (!form && mains.length !== 1) return;
    e.preventDefault();
    if (mains.length > 0) mains[0].click();
    else form.requestSubmit();
  });
  document.addEventListener('DOMContentLoaded', () => {
    for (const form of document.forms) {
      showFields(form);
      if (form.dataset.autosave) drafts.set(form, draft(form));
    }
    for (const box of $('[data-signature]')) signaturePad(box);
    for (const input of $('[data-check]')) if (input.value) checkField(input);
    const summary = document.querySelector('[data-focus]');
    if (summary) summary.focus();
  });
})();
