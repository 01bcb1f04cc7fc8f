/*
 * Reading aids for visitors: 大字 and 高对比 without leaving the page, and 朗读 where the browser has a Chinese
 * voice. ES2019, no library. Without script the two switches are forms.
 */
(() => {
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const html = document.documentElement;

  /* ---- switches: at once here, and remembered by the server ---- */
  document.addEventListener(
    'submit',
    (e) => {
      const button = e.submitter;
      if (!e.target.matches('[data-reading]') || !button || !button.name) return;
      e.preventDefault();
      e.stopImmediatePropagation();
      const on = button.value === 'on';
      html.classList.toggle(button.name, on);
      button.setAttribute('aria-pressed', String(on));
      const body = new URLSearchParams([[button.name, button.value]]);
      button.value = on ? 'off' : 'on';
      // Not remembered when the line is down: it holds on this page all the same.
      fetch(e.target.action, { method: 'POST', credentials: 'same-origin', body }).catch(() => {});
    },
    true,
  );

  /* ---- printing ---- */
  for (const button of $('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  /* ---- reading aloud ---- */
  const voice = window.speechSynthesis;
  if (!voice) return;
  const chinese = () => voice.getVoices().find((v) => /^(zh|cmn)\b/i.test(v.lang));
  const buttons = $('[data-read-aloud]');
  const show = () => {
    for (const b of buttons) b.hidden = !chinese();
  };
  show();
  if (voice.addEventListener) voice.addEventListener('voiceschanged', show);

  const BLOCKS = 'h1,h2,h3,h4,p,li,dt,dd,th,td,caption,legend,label,summary,.empty-title,.tile';
  const SKIPPED =
    'nav,[hidden],[data-off],.print-only,.no-read,details:not([open]) > :not(summary),script,noscript';
  /* Paragraphs that hold no smaller ones, as far as they can be seen. */
  const paragraphs = () =>
    $(BLOCKS, document.querySelector('main')).filter(
      (e) =>
        !e.querySelector(BLOCKS) &&
        !e.closest(SKIPPED) &&
        e.getClientRects().length > 0 &&
        e.innerText.trim() !== '',
    );
  /* Long texts are cut at full stops: some voices fall silent after a quarter of a minute. */
  const sentences = (text) => text.replace(/\s+/g, ' ').match(/[^。！？；]{1,120}[。！？；]?/g) || [];

  let turn = 0;
  let marked = null;
  const mark = (element) => {
    if (marked) marked.classList.remove('spoken');
    marked = element;
    if (!element) return;
    element.classList.add('spoken');
    element.scrollIntoView({ block: 'nearest' });
  };
  const label = (on) => {
    for (const b of buttons) {
      b.textContent = on ? '停止朗读' : '朗读';
      b.setAttribute('aria-pressed', String(on));
    }
  };
  const stop = () => {
    turn += 1;
    voice.cancel();
    mark(null);
    label(false);
  };
  const say = (text) =>
    new Promise((done) => {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = 'zh-CN';
      words.voice = chinese() || null;
      words.rate = 0.9;
      words.onend = () => done(true);
      words.onerror = () => done(false);
      voice.speak(words);
    });
  const start = async () => {
    turn += 1;
    const mine = turn;
    label(true);
    for (const element of paragraphs()) {
      mark(element);
      for (const sentence of sentences(element.innerText)) {
        const heard = await say(sentence);
        if (mine !== turn) return;
        if (!heard) return stop();
      }
    }
    stop();
  };
  document.addEventListener('click', (e) => {
    const button = e.target.closest('[data-read-aloud]');
    if (!button) return;
    if (button.getAttribute('aria-pressed') === 'true') stop();
    else void start();
  });
  document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && marked) stop();
  });
  window.addEventListener('pagehide', stop);
})();
