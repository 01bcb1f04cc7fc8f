/*
 * The keyboard of staff pages. A page says which keys it has: `data-key` on links and buttons (`n`, or `g i` for two
 * in a row), `data-search` on its search field, `data-list` around rows with a `data-row-link` each. ES2019, no library.
 */
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };
  const root = document.documentElement;
  const opener = document.querySelector('[data-keys]');

  /* ---- on or off, remembered in this browser (WCAG 2.1.4) ---- */
  let on = localStorage.getItem('keys') !== 'off';
  const turn = (wish) => {
    on = wish;
    localStorage.setItem('keys', on ? 'on' : 'off');
    root.classList.toggle('keys', on);
  };

  /* ---- what the page offers ---- */
  const usable = (e) => !e.disabled && !e.closest('[hidden], [data-off]');
  const pressable = () => $('[data-key]').filter(usable);
  const nameOf = (element) => {
    const copy = element.cloneNode(true);
    for (const extra of $('.kbd, .count, .vh', copy)) extra.remove();
    return (element.getAttribute('aria-label') || copy.textContent).trim();
  };
  const rows = () => {
    const list = document.activeElement.closest('[data-list]') || document.querySelector('[data-list]');
    return list ? $('[data-row-link]', list).filter(usable) : [];
  };
  const rowOf = (element) => element.closest('[data-list] tr, [data-list] li');
  const current = (links) => {
    const row = rowOf(document.activeElement);
    return row ? links.findIndex((link) => row.contains(link)) : -1;
  };
  const move = (step) => {
    const links = rows();
    const next = links[Math.min(links.length - 1, Math.max(0, current(links) + step))];
    if (next) next.focus();
    return Boolean(next);
  };
  const inRow = (selector) => {
    const row = rowOf(document.activeElement);
    const found = row ? $(selector, row) : [];
    if (found.length > 0) found[0].click();
    return found.length > 0;
  };
  const search = () => {
    const field = $('[data-search]').find(usable);
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  };

  /* ---- the dialog that lists the keys of this page ---- */
  const table = (title, lines) =>
    lines.length === 0
      ? []
      : [
          make('h3', { textContent: title }),
          make(
            'dl',
            { className: 'key-list' },
            ...lines.map(([keys, text]) =>
              make(
                'div',
                {},
                make('dt', {}, ...keys.split(' ').map((key) => make('kbd', { textContent: key }))),
                make('dd', { textContent: text }),
              ),
            ),
          ),
        ];
  const showKeys = () => {
    const seen = new Map(pressable().map((e) => [e.dataset.key, nameOf(e)]));
    const shown = [...seen].map(([key, text]) => [key.toUpperCase(), text]);
    const always = [
      ['?', '本页的快捷键'],
      ['Ctrl Enter', '按下主要的按钮'],
      ['Esc', '离开输入框、关闭窗口'],
    ];
    if ($('[data-search]').some(usable)) always.unshift(['/', '到查找框']);
    const list = [
      ['J', '下一行'],
      ['K', '上一行'],
      ['Enter', '打开这一行'],
      ['X', '勾选这一行'],
    ];
    const dialog = make('dialog', { className: 'keys-dialog' });
    const box = make('input', { type: 'checkbox', checked: on });
    box.addEventListener('change', () => turn(box.checked));
    const close = make('button', { type: 'button', className: 'button button-primary', textContent: '关闭' });
    close.autofocus = true;
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (opener) opener.focus();
    });
    dialog.setAttribute('aria-labelledby', 'keys-title');
    dialog.append(
      make('h2', { id: 'keys-title', textContent: '快捷键' }),
      ...table(
        '本页',
        shown.filter(([key]) => key.length === 1),
      ),
      ...table(
        '到别处',
        shown.filter(([key]) => key.length > 1),
      ),
      ...table('列表', rows().length > 0 ? list : []),
      ...table('随处', always),
      make(
        'label',
        { className: 'choice' },
        box,
        make('span', { textContent: '启用单键快捷键（这台电脑）' }),
      ),
      make('div', { className: 'actions' }, close),
    );
    document.body.append(dialog);
    dialog.showModal();
    return true;
  };

  /* ---- keys ---- */
  let waiting = '';
  let timer = 0;
  const wait = (prefix) => {
    clearTimeout(timer);
    waiting = prefix;
    root.classList.toggle('keys-waiting', prefix !== '');
    if (prefix !== '') timer = setTimeout(wait, 2000, '');
  };
  const press = (key) => {
    const wish = waiting + key;
    const targets = pressable();
    const target = targets.find((e) => e.dataset.key === wish);
    wait('');
    if (target) {
      target.focus();
      target.click();
      return true;
    }
    const isPrefix = targets.some((e) => e.dataset.key.startsWith(`${wish} `));
    if (isPrefix) wait(`${wish} `);
    return isPrefix;
  };
  const isField = (e) =>
    e.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName) && e.type !== 'checkbox');
  const still = {
    '?': showKeys,
    '？': showKeys,
    '/': search,
    j: () => move(1),
    k: () => move(-1),
    x: () => inRow('input[type=checkbox]'),
  };
  const moved = {
    ArrowDown: () => rowOf(document.activeElement) && move(1),
    ArrowUp: () => rowOf(document.activeElement) && move(-1),
    Enter: () => document.activeElement.type === 'checkbox' && inRow('[data-row-link]'),
  };
  document.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.isComposing || e.altKey || e.metaKey || e.ctrlKey) return;
    if (document.querySelector('dialog[open]')) return;
    if (e.key === 'Escape') {
      wait('');
      for (const menu of $('[data-menu][open]')) menu.open = false;
      if (isField(e.target)) e.target.blur();
      return;
    }
    if (!on || isField(e.target)) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const act = (waiting === '' && (still[key] || moved[key])) || (() => false);
    if ((key.length === 1 && !e.repeat && press(key)) || act()) e.preventDefault();
  });
  document.addEventListener('click', (e) => {
    if (e.target.closest('[data-keys]')) showKeys();
    for (const menu of $('[data-menu][open]')) if (!menu.contains(e.target)) menu.open = false;
  });
  document.addEventListener('DOMContentLoaded', () => {
    turn(on);
    if (opener) opener.hidden = false;
  });
})();
