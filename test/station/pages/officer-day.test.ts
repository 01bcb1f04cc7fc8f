/** An officer's day in a real browser, with the keyboard only: inbox, case, pictures, correction, return, comparison, decision. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { browserOrSkip, DESKTOP, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { tabTo } from '../../support/keyboard.ts';
import { exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { openCase, type Walker } from '../../walk/case.ts';

const MOST_TABS = 400;

const reach = (page: Page, selector: string) => tabTo(page, selector, MOST_TABS);

const arrived = async (page: Page, key: string, at: RegExp): Promise<void> => {
  await page.keyboard.press(key);
  await page.waitForURL(at);
};

describe('an officer’s day with the keyboard only', function () {
  this.timeout(180_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let walk: Walker;
  before(async function () {
    browserOrSkip(this, 'an officer’s day');
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    context = await openBrowser(DESKTOP);
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  const toCase = async (): Promise<Page> => {
    const page = await openAs(context, house, 'town-window', '/inbox');
    await page.keyboard.press('j');
    await arrived(page, 'Enter', /\/cases\/[0-9a-z]{26}$/);
    return page;
  };
  /** In the window without scrolling? */
  const isAboveFold = (page: Page, selector: string) =>
    page.evaluate(
      `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().bottom <= innerHeight`,
    );

  it('finds the case in the inbox; the first look needs no scrolling', async () => {
    const page = await toCase();
    for (const part of ['.steps', '.glance-facts', '.glance .button-primary'])
      expect(await isAboveFold(page, part), part).to.equal(true);
    await expectSound(page, 'case-new');
    await expectReadable(page, 'case-new');
    await page.setViewportSize(DESKTOP);
  });

  it('looks at form and pictures side by side: next, larger, turned', async () => {
    const page = await toCase();
    await arrived(page, 'v', /\/review$/);
    await page.locator('canvas').waitFor();
    const stage = page.locator('[data-stage]');
    const first = await page.locator('canvas').getAttribute('aria-label');
    await page.keyboard.press(']');
    await page.locator(`canvas:not([aria-label="${first}"])`).waitFor();
    const widthNow = async () => Number(await page.locator('canvas').getAttribute('width'));
    const width = await widthNow();
    await page.keyboard.press('+');
    expect(await widthNow()).to.be.above(width);
    await page.keyboard.press('r');
    expect(await stage.getAttribute('data-turn')).to.equal('90');
    await page.keyboard.press('[');
    await page.locator(`canvas[aria-label="${first}"]`).waitFor();
    await expectSound(page, 'case-review');
  });

  it('ticks what is wrong, gives the reasons, and sends it back', async () => {
    const page = await toCase();
    await arrived(page, 'b', /REQUEST_CORRECTION$/);
    await reach(page, 'input[value="/form/applicant/address"]');
    await page.keyboard.press('Space');
    await page.locator('[name="/faults/0/reason"]').waitFor();
    const chosen = page.locator('[name="/faults/0/target"] option:checked', { hasText: '申请人 › 现住址' });
    await chosen.waitFor({ state: 'attached' });
    await reach(page, 'input[value="/form/applicant/ethnicity"]');
    await page.keyboard.press('Space');
    await page.locator('[name="/faults/1/reason"]').waitFor();
    await reach(page, '[name="/faults/0/reason"]');
    await page.keyboard.type('没有写到村民小组');
    await expectSound(page, 'correction-half');
    await page.setViewportSize(DESKTOP);
    await page.locator('[name="/faults/0/reason"]').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.error-summary').waitFor();
    expect(await page.locator('[name="/faults/0/reason"]').inputValue()).to.equal('没有写到村民小组');
    await expectSound(page, 'correction-error');
    await page.setViewportSize(DESKTOP);
    await reach(page, '[name="/faults/1/reason"]');
    await reach(page, '.phrase');
    await page.keyboard.press('Enter');
    expect(await page.locator('[name="/faults/1/reason"]').inputValue()).to.equal('和材料不一致');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/cases\/[0-9a-z]{26}$/);
    expect(await page.locator('.flash-done').innerText()).to.include('一次性告知补正');
    expect((await walk.reload('village')).faults).to.have.length(2);
  });

  it('sees what is new when it comes back, and what is not, and accepts with a phrase', async () => {
    const clerk = await house.as('village');
    const form = exampleForm(house.service, 'MZ-01') as { applicant: { address: string } };
    form.applicant.address += '（第三小组）';
    const { version } = await walk.reload('village');
    await clerk.send('PUT', `/api/cases/${walk.id}/form`, { form, version });
    await walk.act('village', 'RESUBMIT');
    const page = await toCase();
    const changes = await page.locator('#changes').innerText();
    expect(changes).to.include('（第三小组）').and.include('没有改动的 1 处').and.include('民族');
    await expectSound(page, 'case-back');
    await page.setViewportSize(DESKTOP);
    await arrived(page, 'a', /act\/ACCEPT$/);
    expect(await page.evaluate('document.activeElement.name')).to.equal('/opinion');
    await page.keyboard.type('看过了。');
    await page.getByText(/已保存/).waitFor();
    await reach(page, '.phrase');
    await page.keyboard.press('Enter');
    expect(await page.locator('[name="/opinion"]').inputValue()).to.equal(
      '看过了。材料齐全，符合法定形式，予以受理。',
    );
    await expectSound(page, 'act-accept');
    await page.locator('[name="/opinion"]').focus();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/cases\/[0-9a-z]{26}$/);
    const { state } = (await clerk.get<CaseView>(`/api/cases/${walk.id}`)).body;
    expect(state).not.to.match(/^acceptance/);
  });

  it('leaves a remark for a colleague, who finds it among the mentions', async () => {
    const page = await openAs(context, house, 'town-window', `/cases/${walk.id}`);
    await reach(page, '#f-text');
    await page.keyboard.type('收入证明请再看一下');
    await reach(page, '#f-login');
    await page.keyboard.type('town-mz');
    await page.keyboard.press('Control+Enter');
    await page.locator('.flash-done').waitFor();
    await expectSound(page, 'case-remarks');
    const other = await openAs(context, house, 'town-mz', '/mentions');
    await expectSound(other, 'mentions');
    await other.setViewportSize(DESKTOP);
    await other.keyboard.press('j');
    await arrived(other, 'Enter', /#remark-/);
    expect(await other.locator('.remark-new').innerText()).to.include('收入证明请再看一下');
  });

  it('phrases, an earlier form and pages without anything on them are sound', async () => {
    for (const [name, login, path] of [
      ['phrases', 'town-window', '/phrases'],
      ['mentions-empty', 'town-window', '/mentions'],
      ['as-of', 'town-window', `/cases/${walk.id}/as-of/2`],
      ['case-other', 'mz-leader', `/cases/${walk.id}`],
    ] as const)
      await expectSound(await openAs(context, house, login, path), name);
  });
});
