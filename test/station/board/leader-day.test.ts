/** A leader's and an inspector's day in a real browser, with the keyboard only: board, list, workbook, decision. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { browserOrSkip, DESKTOP, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { goes, signInByKeys, tabTo } from '../../support/keyboard.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';

describe('a leader’s day with the keyboard only', function () {
  this.timeout(180_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let page: Page;
  let walk: Walker;

  before(async function () {
    browserOrSkip(this, 'a leader’s day');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-09-28'));
    context = await openBrowser(DESKTOP);
    page = context.pages()[0] as Page;
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  /** Press the last of some keys, and be somewhere else when that is done. */
  const go = (at: RegExp, ...keys: string[]) => goes(page, at, ...keys);
  const press = (key: string) => page.keyboard.press(key);
  const lead = () => page.innerText('main .lead');

  for (const login of ['inspector', 'ny-leader'])
    it(`${login} signs in, opens the board, looks at other times, and at what is behind a number`, async () => {
      await signInByKeys(page, house, login);
      await go(/\/board$/, 'g', 'b');
      expect(await lead()).to.include('本月（2026年9月1日至');
      await go(/period=quarter/, '2');
      expect(await lead()).to.include('本季度（2026年7月1日至');
      await go(/period=year/, '3');
      await go(/period=month/, '1');
      await tabTo(page, '.stats a.stat-body');
      const count = await page.innerText('.stats a.stat-body:focus b');
      expect(count).to.equal('1');
      await go(/\/cases\?place=1&hand=1/, 'Enter');
      expect(await page.locator('main tbody tr').count()).to.equal(Number(count));
      // The browser’s own key for going back reaches no page.
      await page.goBack();
      await page.waitForURL(/\/board\?period=month/);
      await tabTo(page, 'main summary');
      await press('Enter');
      await tabTo(page, '#from');
      await go(/from=2026-09-01&to=2026-09-30/, 'Enter');
      expect(await lead()).to.include('这段时间（2026年9月1日至2026年9月30日）');
    });

  it('takes the board away as a workbook by one key', async () => {
    await signInByKeys(page, house, 'inspector');
    await go(/\/board$/, 'g', 'b');
    const [download] = await Promise.all([page.waitForEvent('download'), press('e')]);
    expect(await readXlsxFile(await download.path())).to.have.length(12);
    await go(/all=1/, 'w');
  });

  const toCase = async (): Promise<void> => {
    await go(/\/inbox/, 'g', 'i');
    await go(/\/cases\/[0-9a-z]{26}$/, 'j', 'Enter');
  };
  /** The way on has one key on every page; the keyboard stands in the opinion. */
  const goOn = async (event: string): Promise<void> => {
    await toCase();
    await go(new RegExp(`${event}$`), 'a');
    await page.keyboard.type('同意');
    await go(/\/cases\/[0-9a-z]{26}$/, 'Control+Enter');
  };

  it('is preceded by the reviewer’s, who passes the case on', async () => {
    await signInByKeys(page, house, 'ny-reviewer');
    await goOn('FORWARD');
    expect((await walk.reload('ny-leader')).state).to.match(/^decision/);
  });

  it('ends with the decision, and the board counts it', async () => {
    await signInByKeys(page, house, 'ny-leader');
    await goOn('APPROVE');
    await house.at('2026-09-28T09:50:00+08:00');
    await go(/\/board$/, 'g', 'b');
    expect(await page.innerText('.stats')).to.match(/本月决定\s*1\s*件/);
  });
});
