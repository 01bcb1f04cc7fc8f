/*
 * Screens in a station. What is shown is fetched anew without flicker; a kiosk leads nowhere else, keeps nothing
 * in its history, and after a while without a touch goes back to its start. ES2019, no library. Without script the
 * pages reload themselves.
 */
(() => {
  const start = document.body.dataset.kiosk;
  const idle = Number(document.body.dataset.idle) * 1000;
  const main = () => document.querySelector('main');
  const region = () => document.getElementById('live');

  /* ---- pages fetched and put in place ---- */
  const read = async (url, options) => {
    const answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...options });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return { url: answer.url, redirected: answer.redirected, page };
  };

  /* ---- what is on display: asked for every few seconds, or the next after a while ---- */
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    const { every, next } = region() ? region().dataset : {};
    if (every) timer = setTimeout(() => swap(next || window.location.href), Number(every) * 1000);
  };
  const swap = async (url) => {
    clearTimeout(timer);
    try {
      const { page } = await read(url);
      const fresh = page.getElementById('live');
      if (!fresh) throw new Error('nothing to show');
      const before = region().dataset.call;
      region().classList.remove('stale');
      if (fresh.outerHTML !== region().outerHTML) region().replaceWith(document.adoptNode(fresh));
      if (region().dataset.call && region().dataset.call !== before) announce(region().dataset.says);
    } catch (_) {
      region().classList.add('stale'); // the line is down: what is shown may be old, and is tried again
    }
    later();
  };

  /* ---- the number that is called: said to screen readers, and aloud when that is switched on ---- */
  const voice = window.speechSynthesis;
  const voiceButton = document.querySelector('[data-voice]');
  const isLoud = () => voiceButton && voiceButton.getAttribute('aria-pressed') === 'true';
  const speak = (text) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = 'zh-CN';
    words.rate = 0.85;
    voice.speak(words);
  };
  const announce = (text) => {
    const line = document.querySelector('[data-announce]');
    if (line) line.textContent = text;
    if (isLoud()) for (let i = 0; i < 2; i += 1) speak(text);
  };
  if (voiceButton && voice) voiceButton.hidden = false;

  /* ---- a kiosk forgets ---- */
  const isCycling = () => region() && region().dataset.next !== undefined && region().dataset.every;
  const go = (url) => {
    if (voice) voice.cancel();
    window.location.replace(url);
  };
  const forget = () => {
    for (const form of document.forms) form.reset();
    go(start);
  };
  let wait = 0;
  const touched = () => {
    if (!start) return;
    clearTimeout(wait);
    if (!isCycling()) wait = setTimeout(forget, idle);
  };
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'scroll'])
    window.addEventListener(event, touched, { passive: true, capture: true });
  window.addEventListener('pageshow', (e) => {
    if (start && e.persisted) forget();
  });

  /* ---- a kiosk leads nowhere else, and no page can be gone back to ---- */
  const ways = () => [start, ...document.body.dataset.ways.split(' ')];
  const isOurs = (url) =>
    url.origin === window.location.origin &&
    ways().some((way) => url.pathname === way || url.pathname.startsWith(`${way}/`));
  document.addEventListener('click', (e) => {
    if (e.target.closest('[data-voice]')) {
      voiceButton.setAttribute('aria-pressed', String(!isLoud()));
      if (isLoud()) speak('语音叫号已打开');
      return;
    }
    const link = e.target.closest('a[href]');
    if (!start || !link) return;
    e.preventDefault();
    const url = new URL(link.href);
    if (link.target || link.hasAttribute('download') || !isOurs(url)) return;
    if (link.closest('[data-swap]') && region()) void swap(url.href).then(touched);
    else go(url.href);
  });
  document.addEventListener(
    'submit',
    async (e) => {
      const form = e.target;
      if (!start || form.matches('[data-reading]')) return;
      e.preventDefault();
      e.stopImmediatePropagation();
      const sent = new URLSearchParams(new FormData(form));
      if (e.submitter && e.submitter.name) sent.append(e.submitter.name, e.submitter.value);
      if (form.method === 'get') return go(`${form.action}?${sent}`);
      const { url, redirected, page } = await read(form.action, { method: 'POST', body: sent });
      if (redirected) return go(url);
      main().replaceWith(document.adoptNode(page.querySelector('main')));
      document.title = page.title;
      (document.querySelector('[data-focus]') || main()).focus();
      window.scrollTo(0, 0);
      touched();
    },
    true,
  );
  later();
  touched();
})();
