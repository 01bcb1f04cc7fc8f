/** An inbox worked with the keyboard alone, and what every state of it must be. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { sendPlain } from '../pages/browser.ts';
import { fileFor, join, TOWN } from './town.ts';

describe('an inbox in a browser', function () {
  this.timeout(120_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;

  before(async function () {
    browserOrSkip(this, 'inboxes');
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
    await house.at('2026-11-23T09:00:00+08:00');
    await join(house, 'second-window', '钱二妹', [['window', TOWN]]);
    await fileFor(house, 'MZ-02', ['李国华', '王小二', '张大三']);
    await house.at('2026-11-27T09:00:00+08:00');
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  const acts = () => house.service.deps.db.read('case_events').where({ type: 'ACCEPT' });
  const pressed = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('states are sound: empty, full, ticked, narrowed to nothing, wrong', async () => {
    await sendPlain(await house.as('town-window'), '/worklists/inbox/views', [
      ['name', '临时救助'],
      ['item', 'MZ-02'],
      ['column', 'term'],
    ]);
    const states: [string, string, string][] = [
      ['inbox-empty', 'town2-window', '/inbox'],
      ['inbox-full', 'town-window', '/inbox'],
      ['inbox-ticked', 'town-window', '/inbox?ticked=all'],
      ['inbox-nothing', 'town-window', '/inbox?item=NY-04'],
      ['cases-full', 'town-window', '/cases'],
      ['cases-empty', 'town2-window', '/cases'],
      ['inbox-views', 'town-window', '/worklists/inbox/views'],
      ['inbox-print', 'town-window', '/worklists/inbox/print'],
    ];
    for (const [name, login, path] of states) {
      const page = await openAs(context, house, login, path);
      await page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })");
      await expectSound(page, name);
    }
    await expectReadable(await openAs(context, house, 'town-window', '/inbox?ticked=all'), 'inbox');
    const page = await openAs(context, house, 'town-window', '/inbox');
    await page.goto(`${house.url}/inbox?after=nonsense`);
    await expectSound(page, 'inbox-wrong');
  });

  it('is worked with the keyboard alone: rows ticked, claimed, accepted together', async () => {
    const page = await openAs(context, house, 'town-window', '/inbox');
    await pressed(page, 'j', 'x', 'j', 'x', 'c');
    await page.waitForURL('**/worklists/bulk/claim');
    await expectSound(page, 'bulk-claimed');
    expect(await page.textContent('main')).to.include('办好 2 件');
    await page.goto(`${house.url}/inbox`);
    await pressed(page, 'j', 'x', 'j', 'x', 'j', 'k');
    expect(await page.locator('input[name=case]:checked').count()).to.equal(2);
    await pressed(page, 'b');
    await page.waitForURL('**/worklists/bulk');
    await expectSound(page, 'bulk-choose');
    await page.locator('textarea[name=opinion]').focus();
    await page.keyboard.type('材料齐全');
    await pressed(page, 'Control+Enter');
    await page.waitForURL('**/worklists/bulk/confirm');
    await expectSound(page, 'bulk-confirm');
    expect(await page.textContent('main'))
      .to.include('2 件会办理')
      .and.include('材料齐全');
    expect(await acts()).to.have.length(0);
    await page.locator('main .button-primary').focus();
    await pressed(page, 'Enter');
    await page.waitForURL('**/worklists/bulk/run');
    await expectSound(page, 'bulk-done');
    expect(await page.textContent('main')).to.include('办好 2 件');
    expect(await acts()).to.have.length(2);
    await page.reload();
    expect(await page.textContent('main')).to.include('办好 2 件');
    expect(await acts()).to.have.length(2);
  });

  it('all of a page are ticked by one key; a row is opened by Enter; the search is one key away', async () => {
    const page = await openAs(context, house, 'town-window', '/inbox');
    await pressed(page, 'a');
    await page.waitForURL('**/inbox?ticked=all');
    expect(await page.locator('input[name=case]:checked').count()).to.equal(1);
    await pressed(page, '/');
    await page.keyboard.type('张');
    await pressed(page, 'Enter');
    await page.waitForURL('**/inbox?text=*');
    expect(await page.textContent('main')).to.include('张大三');
    await pressed(page, 'j', 'Enter');
    await page.waitForURL('**/cases/*');
    await expectSound(page, 'case-claim');
  });
});
