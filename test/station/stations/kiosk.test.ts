/** The screens of a station in a real browser: what they show, and what they forget. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, openBrowser, signIn } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type Client, type House, openHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { press, stageNotice, stageStation, VILLAGE } from '../../support/stage-public.ts';
import { open } from '../pages/browser.ts';

const PLACE = `/stations/${VILLAGE}`;
const START = `${PLACE}/kiosk`;

/** Voices that say nothing, and remember what they were to say. */
const VOICE = `(() => {
  const spoken = [];
  let current = null;
  window.spoken = spoken;
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const synthesis = {
    getVoices: () => [{ lang: 'zh-CN' }],
    speak: (u) => { spoken.push(u.text); current = u; },
    cancel: () => { current = null; spoken.push('—'); },
    addEventListener: () => {},
  };
  window.nextSentence = () => current && current.onend && current.onend();
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
})()`;

describe('stations: screens', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: House;
  let clerk: Client;
  let context: BrowserContext;
  let page: Page;
  let case_: { id: string; number: string; lastFour: string };
  before(async function () {
    browserOrSkip(this, 'the screens of a station');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    clerk = await house.as('village');
    case_ = await stageNotice(house);
    await stageStation(house);
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });
  beforeEach(async () => {
    await signIn(context, house);
    page = await context.newPage();
  });
  afterEach(async () => {
    await page.close();
  });

  const go = (path: string) => page.goto(house.url + path);
  const path = () => new URL(page.url()).pathname;
  const shown = () => page.innerText('main');
  /** A journey to the server and back: a page that was about to leave has left, or throws here. */
  const settled = () => page.evaluate(() => fetch('/healthz').then((answer) => answer.ok));

  it('a kiosk shows in turn hours, needs, guides, notices and telephones, and stays when told to', async () => {
    await page.clock.install({ time: new Date('2026-09-28T01:40:00Z') });
    await go(START);
    expect(await shown()).to.include('正在上班，到 11:30');
    const titles = [await page.innerText('main h1')];
    for (let i = 0; i < 6; i += 1) {
      const before = await page.innerText('.kiosk-controls p');
      await page.clock.runFor(15_100);
      await page.waitForFunction(
        (b) => document.querySelector('.kiosk-controls p')?.textContent !== b,
        before,
      );
      titles.push(await page.innerText('main h1'));
    }
    expect(titles).to.deep.equal([
      '9月28日 今天',
      '您想办什么',
      '大家常办的事',
      '正在公示',
      '上班时间',
      '电话和地址',
      '9月28日 今天',
    ]);
    expect(await page.evaluate('history.length'), 'no page to go back to').to.equal(2);
    await page.click('text=下一页');
    await page.waitForFunction(() => document.querySelector('main h1')?.textContent === '您想办什么');
    await page.click('text=停在这里');
    await page.waitForSelector('text=继续播放');
    await page.clock.runFor(60_000);
    expect(await page.innerText('main h1')).to.equal('您想办什么');
    expect(page.url()).to.equal(house.url + START);
  });

  it('after 90 seconds without a touch it is back at the start, and nothing of a look-up is left', async () => {
    await page.clock.install({ time: new Date('2026-09-28T01:40:00Z') });
    await go(START);
    await page.click('nav >> text=办事指南');
    await page.waitForURL('**/items');
    await page.fill('#q', '低保');
    await page.click('main button[type=submit]');
    await page.waitForSelector('text=查看全部事项');
    expect(await page.evaluate('history.length'), 'what was looked for cannot be gone back to').to.equal(2);
    await page.click('nav >> text=查进度');
    await page.waitForURL('**/progress');
    await page.fill('#number', case_.number);
    await page.fill('#lastFour', case_.lastFour);
    await page.click('main button[type=submit]');
    await page.waitForSelector('text=您要做什么');
    expect(await shown()).to.include('宅基地使用权及房屋所有权首次登记');
    await page.clock.runFor(80_000);
    await page.keyboard.press('Shift');
    await page.clock.runFor(80_000);
    await settled();
    expect(path(), 'somebody is still there').to.equal('/progress');
    await page.clock.runFor(11_000);
    await page.waitForURL(`**${START}`);
    expect(await page.content()).to.not.include(case_.number);
    await page.goBack();
    expect(await page.content()).to.not.include(case_.number);
    await go('/progress');
    expect(await page.inputValue('#number')).to.equal('');
    expect(await page.getAttribute('#number', 'autocomplete')).to.equal('off');
    await page.fill('#number', '写了一半');
    await page.clock.runFor(91_000);
    await page.waitForURL(`**${START}`);
    await go('/progress');
    expect(await page.inputValue('#number')).to.equal('');
  });

  it('the size of letters somebody chose is forgotten too', async () => {
    await page.clock.install({ time: new Date('2026-09-28T01:40:00Z') });
    await go(START);
    await page.click('nav >> text=办事指南');
    await page.waitForURL('**/items');
    await Promise.all([page.waitForResponse('**/reading'), page.click('text=大字')]);
    expect(await page.getAttribute('html', 'class')).to.include('large');
    await page.clock.runFor(91_000);
    await page.waitForURL(`**${START}`);
    await go('/items');
    expect(await page.getAttribute('html', 'class')).to.not.include('large');
  });

  it('nothing leads out of a kiosk', async () => {
    await go(START);
    const allowed = [PLACE, '/items', '/packages', '/progress', '/notices', '/objections', '/reading'];
    const ways = new Set([START, '/items', '/progress', '/notices', `/notices/${case_.id}`]);
    for (let n = 1; n <= 6; n += 1) ways.add(`${START}?n=${n}&pause=1`);
    const seen = new Set<string>();
    for (const way of ways) {
      await go(way);
      const hrefs = await page.evaluate(() => [
        ...[...document.querySelectorAll('a[href]')].map((a) => (a as HTMLAnchorElement).href),
        ...[...document.forms].map((f) => f.action),
      ]);
      for (const href of hrefs) seen.add(href);
      expect(await page.locator('.site-footer, .sign-in, a[href^="tel:"]').count(), way).to.equal(0);
    }
    const out = [...seen].filter((href) => {
      const { origin, pathname } = new URL(href);
      return origin !== house.url || !allowed.some((w) => pathname === w || pathname.startsWith(`${w}/`));
    });
    expect(out).to.deep.equal([]);
    await go('/items');
    await page.evaluate(() => {
      const main = document.querySelector('main') as HTMLElement;
      for (const href of ['https://example.org/', '/help', '/sign-in'])
        main.append(Object.assign(document.createElement('a'), { href, textContent: `到${href}` }));
    });
    for (const href of ['https://example.org/', '/help', '/sign-in']) await page.click(`text=到${href}`);
    expect(path()).to.equal('/items');
    await go('/');
    expect(path(), 'the front page of a kiosk').to.equal(START);
  });

  it('targets of a kiosk are 64 px high and nothing scrolls sideways', async () => {
    for (const way of [
      START,
      `${START}?n=2&pause=1`,
      `${START}?n=4&pause=1`,
      '/progress',
      `/notices/${case_.id}`,
    ]) {
      await go(way);
      await page.setViewportSize({ width: 1080, height: 1920 });
      const small = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'button, .kiosk-nav a, .kiosk-controls a, .kiosk-links a, main .button, main input:not([type=hidden])',
          ),
        ]
          .filter((e) => (e as HTMLElement).offsetParent && e.getBoundingClientRect().height < 63.5)
          .map((e) => e.outerHTML.slice(0, 100)),
      );
      expect(small, way).to.deep.equal([]);
    }
  });

  it('the screen of the queue is renewed without flicker and says who is called', async () => {
    await page.addInitScript(VOICE);
    await page.clock.install({ time: new Date('2026-09-28T01:40:00Z') });
    await go(`${PLACE}/screen`);
    expect(await page.innerText('.screen-number')).to.equal('A004');
    await page.evaluate('document.body.dataset.same = "yes"');
    await page.click('[data-voice]');
    expect(await page.getAttribute('[data-voice]', 'aria-pressed')).to.equal('true');
    await clerk.post(`/api${PLACE}/queue/next`, { counter: 1 });
    await page.clock.runFor(6_100);
    await page.waitForFunction(() => document.querySelector('.screen-number')?.textContent === 'A005');
    expect(await page.innerText('[data-announce]')).to.equal('请 A005 号到 1 号窗口');
    expect(await page.evaluate('window.spoken')).to.include('请 A005 号到 1 号窗口');
    await clerk.post(`/api${PLACE}/queue/A005/again`, {});
    const said = (await page.evaluate('window.spoken.length')) as number;
    await page.clock.runFor(6_100);
    await page.waitForFunction((n) => (window as unknown as { spoken: string[] }).spoken.length > n, said);
    await page.click('[data-voice]');
    await clerk.post(`/api${PLACE}/queue/next`, { counter: 1 });
    const quiet = (await page.evaluate('window.spoken.length')) as number;
    await page.clock.runFor(6_100);
    await page.waitForFunction(() => document.querySelector('.screen-number')?.textContent === 'A006');
    expect(await page.evaluate('window.spoken.length')).to.equal(quiet);
    expect(await page.evaluate('document.body.dataset.same'), 'the same page all the time').to.equal('yes');
  });

  it('a screen whose line is cut says that what it shows is old, and goes on when it is back', async () => {
    await page.clock.install({ time: new Date('2026-09-28T01:40:00Z') });
    await go(`${PLACE}/screen`);
    await context.setOffline(true);
    await page.clock.runFor(6_100);
    await page.waitForSelector('#live.stale');
    await context.setOffline(false);
    await page.clock.runFor(6_100);
    await page.waitForSelector('#live:not(.stale)');
  });

  it('no name and no item on the screen of the queue or on what a kiosk shows in turn', async () => {
    const names = ['黄志强', '农秀兰'];
    await press(house, clerk, `${PLACE}/facts`, { '/address': '村委会一楼', '/duty/0/role': '村代办员' });
    const stranger = house.stranger();
    const told = (await open(stranger, `/notices/${case_.id}`)).html;
    expect(told, 'the notice itself names the applicant').to.include(names[0] ?? '');
    const items = house.service.deps.definitions.list().map((d) => d.title);
    for (const way of ['screen', 'tickets/A007', ...[1, 2, 3, 4, 5, 6].map((n) => `kiosk?n=${n}`)]) {
      const { html } = await open(stranger, `${PLACE}/${way}`);
      for (const name of names) expect(html, way).to.not.include(name);
      if (!way.startsWith('kiosk')) for (const item of items) expect(html, way).to.not.include(item);
    }
    const api = JSON.stringify((await stranger.get(`/api${PLACE}/queue`)).body);
    for (const name of names) expect(api).to.not.include(name);
  });

  it('every page of stations is sound on a phone and on a desk, in every state', async () => {
    const states: [string, string, string?][] = [
      ['stations', '/stations'],
      ['stations-township', '/stations?in=532628103'],
      ['stations-none', '/stations?q=飞机'],
      ['station', PLACE],
      ['station-bare', '/stations/532628-MZ'],
      ['station-none', '/stations/999'],
      ['station-edit', `${PLACE}/edit`, 'village'],
      ['station-queue', `${PLACE}/queue?window=1`, 'village'],
      ['station-queue-empty', '/stations/532628103/queue', 'town-window'],
      ['screen', `${PLACE}/screen`],
      ['screen-empty', '/stations/532628103/screen'],
      ['ticket', `${PLACE}/tickets/A007`],
      ['kiosk-device', `${START}/device`],
      ['kiosk', START],
      ['kiosk-notice', `${START}?n=4&pause=1`],
      ['kiosk-items', '/items'],
      ['kiosk-ticket', `${PLACE}/tickets/A007`],
      ['kiosk-ticket-gone', `${PLACE}/tickets/A099`],
    ];
    for (const [name, where, as] of states) {
      if (as) await signIn(context, house, as);
      await go(where);
      await expectSound(page, name);
      if (as) await signIn(context, house);
    }
  });
});
