/*
 * Comfort at the desks of offices: phrases at the cursor, faults listed as they are ticked, pictures enlarged and turned.
 * Every page works without it. ES2019, no library.
 */
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* ---- phrases go in where the cursor stands ---- */
  const insert = (button) => {
    const bar = button.value.indexOf('|');
    const field = button.value.slice(0, bar);
    const list = button.parentNode.querySelector('select');
    const text = button.value.slice(bar + 1) || (list && list.value) || '';
    const area = button.form.elements.namedItem(field);
    if (!area) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    area.focus();
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };

  /* ---- what is ticked is listed at once, by the server, as it is without script ---- */
  const say = document.createElement('p');
  say.className = 'vh';
  say.setAttribute('role', 'status');
  let asked = 0;
  const compose = async (form) => {
    asked += 1;
    const mine = asked;
    const body = new FormData(form);
    body.set('_compose', 'yes');
    const answer = await fetch(form.action, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { accept: 'text/html' },
      body,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('#composer');
    if (mine !== asked || !fresh) return;
    document.querySelector('#composer').replaceWith(document.adoptNode(fresh));
    hideButton();
    const count = $('#composer [data-row]').length;
    say.textContent = `右边已列出 ${count} 处，请写原因。`;
  };
  const hideButton = () => {
    for (const e of $('[data-without-script]')) e.hidden = true;
  };
  document.addEventListener('change', (e) => {
    if (e.target.name !== '_pick') return;
    compose(e.target.form).catch(() => {
      for (const b of $('[data-without-script]')) b.hidden = false;
      say.textContent = '没有列出来，请点“列出勾选的，写原因”。';
    });
  });

  /* ---- buttons: before the page's own script, which acts on rows ---- */
  document.addEventListener(
    'click',
    (e) => {
      const button = e.target.closest('button');
      if (!button) return;
      if (button.name === '_insert') {
        e.preventDefault();
        insert(button);
      } else if (button.name === '_row' && button.value.startsWith('remove:')) {
        const target = $('select', button.closest('[data-row]'))[0];
        for (const box of $('[name=_pick]'))
          if (target && box.dataset.label === target.value) box.checked = false;
      }
    },
    true,
  );

  /* ---- pictures ---- */
  const MOST = 4;
  const viewer = (box) => {
    const stage = box.querySelector('[data-stage]');
    const links = $('[data-src]', box);
    const state = {
      at: Math.max(
        0,
        links.findIndex((a) => a.hasAttribute('aria-current')),
      ),
      zoom: 1,
      turn: 0,
    };
    let image;
    const draw = () => {
      if (!image) return;
      const quarter = state.turn % 180 !== 0;
      const [w, h] = quarter
        ? [image.naturalHeight, image.naturalWidth]
        : [image.naturalWidth, image.naturalHeight];
      const fit = Math.min(stage.clientWidth / w, stage.clientHeight / h);
      const scale = fit * state.zoom;
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(w * scale);
      canvas.height = Math.round(h * scale);
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', links[state.at].textContent);
      const pen = canvas.getContext('2d');
      pen.translate(canvas.width / 2, canvas.height / 2);
      pen.rotate((state.turn * Math.PI) / 180);
      pen.scale(scale, scale);
      pen.drawImage(image, -image.naturalWidth / 2, -image.naturalHeight / 2);
      stage.replaceChildren(canvas);
      stage.dataset.zoom = state.zoom;
      stage.dataset.turn = state.turn;
    };
    const open = (at) => {
      const link = links[at];
      Object.assign(state, { at, zoom: 1, turn: Number(link.dataset.turn) });
      for (const a of links) a.toggleAttribute('aria-current', false);
      link.setAttribute('aria-current', 'true');
      box.querySelector('[data-open]').href = link.dataset.src;
      image = undefined;
      if (link.dataset.mime === 'application/pdf') {
        const page = document.createElement('object');
        Object.assign(page, { type: 'application/pdf', data: link.dataset.src });
        page.setAttribute('aria-label', link.textContent);
        stage.replaceChildren(page);
        return;
      }
      const next = new Image();
      next.alt = link.textContent;
      next.className = 'fits';
      next.addEventListener('load', () => {
        if (links[state.at] !== link) return;
        image = next;
        draw();
      });
      next.src = link.dataset.src;
      stage.replaceChildren(next);
    };
    const verbs = {
      before: () => open((state.at + links.length - 1) % links.length),
      after: () => open((state.at + 1) % links.length),
      larger: () => {
        state.zoom = Math.min(MOST, state.zoom * 1.5);
        draw();
      },
      smaller: () => {
        state.zoom = Math.max(1, state.zoom / 1.5);
        draw();
      },
      turn: () => {
        state.turn = (state.turn + 90) % 360;
        draw();
      },
    };
    for (const button of $('[data-view]', box)) {
      button.hidden = links.length === 1 && /before|after/.test(button.dataset.view);
      button.addEventListener('click', verbs[button.dataset.view]);
    }
    for (const [i, link] of links.entries())
      link.addEventListener('click', (e) => {
        e.preventDefault();
        open(i);
      });
    window.addEventListener('resize', draw);
    const shown = stage.querySelector('img');
    if (shown) open(state.at);
  };

  document.addEventListener('DOMContentLoaded', () => {
    document.body.append(say);
    hideButton();
    for (const box of $('[data-viewer]')) viewer(box);
  });
})();
