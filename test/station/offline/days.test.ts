/** What is kept on one day is not taken for the page of another. */
import { expect } from 'chai';
import { browserOrSkip } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { type Counter, FORM, openCounter } from './counter.ts';

const versionOf = async (house: TestHouse, login: string): Promise<string> =>
  (await (await house.as(login)).get<{ version: string }>('/api/session/kept-pages')).body.version;

for (const engine of engines)
  describe(`the version of kept pages (${engine.name})`, () => {
    let opened: Opened;
    let house: TestHouse;
    before(async () => {
      opened = await engine.open();
      house = await openHouse(opened);
    });
    after(async () => {
      await house.close();
      await opened.drop();
    });

    it('is another one on another day of Shanghai, and the same all day long', async () => {
      await house.at('2026-09-28T00:00:00+08:00');
      const early = await versionOf(house, 'village');
      await house.at('2026-09-28T23:59:59+08:00');
      expect(await versionOf(house, 'village')).to.equal(early);
      await house.at('2026-09-29T00:00:00+08:00');
      expect(await versionOf(house, 'village')).to.not.equal(early);
      expect((await house.stranger().get('/api/session/kept-pages')).status).to.equal(401);
    });
  });

describe('a kept form on another day', function () {
  this.timeout(120_000);
  let counter: Counter;
  before(async function () {
    browserOrSkip(this, 'kept forms on another day');
    counter = await openCounter();
    await counter.house.at('2026-09-28T09:00:00+08:00');
    await counter.signIn('village');
    await counter.go(FORM);
    await counter.formReady();
    await keptAs(await versionOf(counter.house, 'village'));
  });
  after(() => counter?.close());

  /** Until the browser keeps the form as this version. */
  async function keptAs(version: string): Promise<void> {
    const kept = () =>
      counter.page.evaluate(async (path) => (await caches.match(path))?.headers.get('x-version'), FORM);
    while ((await kept()) !== version) await counter.page.waitForTimeout(100);
  }
  /** What the worker was told by the house, and when; changed if asked to. */
  const owner = (change: object = {}) =>
    counter.page.evaluate(`(async () => {
      const done = (asked) => new Promise((good, bad) => {
        asked.addEventListener('success', () => good(asked.result));
        asked.addEventListener('error', () => bad(asked.error));
      });
      const db = await done(indexedDB.open('cunban'));
      const keep = db.transaction('keep', 'readwrite').objectStore('keep');
      const row = { ...(await done(keep.get('owner'))), ...${JSON.stringify(change)} };
      await done(keep.put(row));
      db.close();
      return row;
    })()`) as Promise<{ version: string; day: string }>;
  const opens = () => counter.line.reached.filter((r) => r === `GET ${FORM}`).length;
  const dayShown = async () => counter.page.getAttribute('html', 'data-today');

  it('is shown at once on the day it was kept; a day later the house is asked first', async () => {
    const before = opens();
    await counter.go(FORM);
    await counter.formReady();
    expect(opens(), 'not waited for').to.equal(before);
    await owner({ day: '2026-01-01' });
    await counter.go(FORM);
    await counter.formReady();
    expect(opens(), 'told on another day').to.equal(before + 1);
  });

  it('is drawn anew when the clock of the house went on to another day', async () => {
    expect(await dayShown()).to.equal('2026-09-28');
    await counter.house.at('2026-09-29T09:00:00+08:00');
    const fresh = await versionOf(counter.house, 'village');
    await counter.go('/filing');
    await keptAs(fresh);
    await counter.go(FORM);
    await counter.formReady();
    expect(await dayShown()).to.equal('2026-09-29');
    expect(await counter.page.textContent('.rehearsal')).to.include('9月29日');
  });

  it('is asked for besides whenever it is shown at once: the next time it is right', async () => {
    await counter.house.at('2026-09-30T09:00:00+08:00');
    const fresh = await versionOf(counter.house, 'village');
    await counter.go(FORM);
    while ((await owner()).version !== fresh) await counter.page.waitForTimeout(50);
    await counter.go(FORM);
    await counter.formReady();
    expect(await dayShown()).to.equal('2026-09-30');
  });

  it('is not shown for long to somebody whose session ran out', async () => {
    await counter.context.clearCookies();
    const isOut = () => counter.page.url().includes('/sign-in?next=');
    // Each time it is shown the house is asked besides, and soon says that nobody is signed in.
    for (let times = 0; times < 50 && !isOut(); times += 1) await counter.go(FORM);
    expect(isOut()).to.equal(true);
  });
});
