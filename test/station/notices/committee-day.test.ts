/** The day of a village committee in a real browser, with the keyboard only: a notice goes up, a meeting is entered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { projectRoot } from '../../../src/platform/paths.ts';
import { browserOrSkip, DESKTOP, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';

const MOST_TABS = 200;
const { password } = JSON.parse(readFileSync(join(projectRoot, 'data', 'demo-accounts.json'), 'utf8'));

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

  /** Press keys, and be somewhere else after the last. */
  const goes = async (at: RegExp, ...keys: string[]) => {
    const presses = async () => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await Promise.all([page.waitForEvent('load'), presses()]);
    expect(page.url()).to.match(at);
  };
  async function tabTo(selector: string): Promise<void> {
    for (let i = 0; i < MOST_TABS; i += 1) {
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no Tab leads to ${selector}`);
  }
  /** Browsers ask for day, month and year in the order of their own language. */
  async function typeDate(day: string): Promise<void> {
    const [year = '', month = '', date = ''] = day.split('-');
    for (const order of [year + month + date, month + date + year, date + month + year]) {
      await page.keyboard.type(order);
      if ((await page.evaluate('document.activeElement.value')) === day) return;
      // Back to the first part of the field.
      for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    }
    throw new Error(`the field does not take ${day}`);
  }
  const toCase = async () => {
    await goes(/\/inbox/, 'g', 'i');
    await goes(/\/cases\/[0-9a-z]{26}$/, 'j', 'Enter');
  };

  it('signs in and puts the notice up: the village reads it, without numbers', async () => {
    await page.goto(`${house.url}/sign-in`);
    await tabTo('[name=login]');
    await page.keyboard.type('committee');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await goes(/^(?!.*sign-in)/, 'Enter');
    await toCase();
    await goes(/POST$/, 'a');
    await page.keyboard.type('贴在村务公开栏');
    await goes(/\/cases\/[0-9a-z]{26}$/, 'Control+Enter');
    const { notices } = (await house.stranger().get<{ notices: { id: string }[] }>('/api/notices')).body;
    expect(notices).to.have.length(1);
  });

  it('enters the meeting on a new homestead, and the notice of it is next', async () => {
    const homestead = await openCase(house, 'NY-01', { situation: 'split' });
    await homestead.act('village', 'FILE');
    await toCase();
    expect(page.url()).to.include(homestead.id);
    await goes(/RECORD_MEETING$/, 'a');
    await tabTo('[name="/heldOn"]');
    await typeDate('2026-11-02');
    const typed = {
      place: '村委会会议室',
      chair: '黄国强',
      eligible: '31',
      present: '28',
      favour: '27',
      summary: '无人反对',
    };
    for (const [name, value] of Object.entries(typed)) {
      await tabTo(`[name="/${name}"]`);
      await page.keyboard.type(value);
    }
    await tabTo('[name="/conclusion"]');
    await page.keyboard.press('Space');
    await goes(/\/cases\/[0-9a-z]{26}$/, 'Control+Enter');
    const { state } = await homestead.reload('committee');
    expect(state).to.match(/^posting/);
  });
});
