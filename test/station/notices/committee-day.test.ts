/** The day of a village committee in a real browser, with the keyboard only: a notice goes up, a meeting is entered. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, DESKTOP, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { goes, signInByKeys, tabTo, typeDay } from '../../support/keyboard.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';

describe('a committee’s day with the keyboard only', function () {
  this.timeout(180_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let page: Page;
  let walk: Walker;

  before(async function () {
    browserOrSkip(this, 'a committee’s day');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-11-02T09:00:00+08:00');
    walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    await walk.act('mz-officer', 'FORWARD', { opinion: '核对无异常' });
    await walk.act('town-mz', 'RECORD_VISIT', visit('2026-11-02'));
    await walk.act('town-leader', 'FORWARD', { opinion: '同意公示' });
    context = await openBrowser(DESKTOP);
    page = context.pages()[0] as Page;
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  const go = (at: RegExp, ...keys: string[]) => goes(page, at, ...keys);
  const toCase = async () => {
    await go(/\/inbox/, 'g', 'i');
    await go(/\/cases\/[0-9a-z]{26}$/, 'j', 'Enter');
  };

  it('signs in and puts the notice up: the village reads it, without numbers', async () => {
    await signInByKeys(page, house, 'committee');
    await toCase();
    await go(/POST$/, 'a');
    await page.keyboard.type('贴在村务公开栏');
    await go(/\/cases\/[0-9a-z]{26}$/, 'Control+Enter');
    const { notices } = (await house.stranger().get<{ notices: { id: string }[] }>('/api/notices')).body;
    expect(notices).to.have.length(1);
  });

  it('enters the meeting on a new homestead, and the notice of it is next', async () => {
    const homestead = await openCase(house, 'NY-01', { situation: 'split' });
    await homestead.act('village', 'FILE');
    await toCase();
    expect(page.url()).to.include(homestead.id);
    await go(/RECORD_MEETING$/, 'a');
    await tabTo(page, '[name="/heldOn"]');
    await typeDay(page, '2026-11-02');
    const typed = {
      place: '村委会会议室',
      chair: '黄国强',
      eligible: '31',
      present: '28',
      favour: '27',
      summary: '无人反对',
    };
    for (const [name, value] of Object.entries(typed)) {
      await tabTo(page, `[name="/${name}"]`);
      await page.keyboard.type(value);
    }
    await tabTo(page, '[name="/conclusion"]');
    await page.keyboard.press('Space');
    await go(/\/cases\/[0-9a-z]{26}$/, 'Control+Enter');
    const { state } = await homestead.reload('committee');
    expect(state).to.match(/^posting/);
  });
});
