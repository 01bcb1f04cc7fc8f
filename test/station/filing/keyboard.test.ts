/** A clerk's filing in real Chromium with the keyboard alone; every page of it sound; and once without script. */
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserOrSkip, LAUNCH, openAs, openBrowser, signIn } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { tabTo, typeDay } from '../../support/keyboard.ts';
import { exampleForm, type House, openHouse, PNG } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { openCase } from '../../walk/case.ts';

const PICTURE = { name: '签名页.png', mimeType: 'image/png', buffer: PNG };
const NAME = 'document.activeElement.name || ""';
const VALUE = 'document.activeElement.value || ""';
const CHECKED = 'document.activeElement.checked === true';

const MOST_TABS = 250;
const toField = (page: Page, name: string) => tabTo(page, `[name="${name}"]`, MOST_TABS);

/** One of several, by the arrows. */
async function arrowTo(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Space');
  for (let i = 0; i < 60; i++) {
    if ((await page.evaluate(VALUE)) === value && (await page.evaluate(CHECKED))) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no ${value} at ${await page.evaluate(NAME)}`);
}

/** The leaves of a form, by pointer. */
const leaves = (value: unknown, pointer = ''): [string, unknown][] =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, v]) => leaves(v, `${pointer}/${key}`))
    : [[pointer, value]];

describe('a clerk files with the keyboard alone', function () {
  this.timeout(180_000);
  let opened: Opened;
  let house: House;
  let context: BrowserContext;
  const applicant = () =>
    exampleForm(house.service, 'RS-01', 0, 'pause').applicant as { name: string; idNumber: string };

  before(async function () {
    browserOrSkip(this, 'filing with the keyboard alone');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    const walk = await openCase(house, 'RS-01', { situation: 'enrol' });
    await walk.act('village', 'FILE');
    await house.at('2026-11-02T09:00:00+08:00');
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  /** What the form of a stop of payments still asks for when the citizen is known. */
  const asked = (): [string, unknown][] => {
    const form = exampleForm(house.service, 'RS-01', 0, 'pause');
    (form.signature as Record<string, unknown>).way = '纸质签名或指印';
    delete (form.signature as Record<string, unknown>).image;
    return leaves(form).filter(([pointer]) => !pointer.startsWith('/applicant/'));
  };

  async function fillByKeys(page: Page): Promise<void> {
    const order: string[] = await page.evaluate(
      `[...document.querySelectorAll('main form [name]')].map((e) => e.name)`,
    );
    const fields = asked()
      .filter(([pointer]) => order.includes(pointer))
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    for (const [pointer, value] of fields) {
      await toField(page, pointer);
      const kind = await page.evaluate(`document.activeElement.type`);
      if (kind === 'radio') await arrowTo(page, String(value));
      else if (kind === 'checkbox') await page.keyboard.press('Space');
      else if (kind === 'select-one')
        while ((await page.evaluate(VALUE)) !== String(value)) await page.keyboard.press('ArrowDown');
      else if (kind === 'date' || kind === 'month') await typeDay(page, String(value));
      else await page.keyboard.type(String(value));
    }
  }

  it('searches, chooses, fills in, hands in, and has the next citizen before him', async () => {
    const page = await openAs(context, house, 'village', '/inbox');
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.waitForURL(/\/filing$/);
    expect(await page.evaluate(NAME), 'the keyboard stands in the search').to.equal('who');
    await page.keyboard.type(applicant().name);
    await page.keyboard.press('Enter');
    await page.locator('.pick').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.waitForURL(/\/filing\/citizens\//);
    await page.keyboard.press('b');
    await page.waitForURL(/\/filing\/items/);
    await page.waitForFunction('document.activeElement.name === "q"');
    await page.keyboard.type('RS-01');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=RS-01/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.waitForURL(/\/cases\/new/);
    const key = await page.locator('a[href*="situation=pause"]').getAttribute('data-key');
    await page.keyboard.press(key ?? '');
    await page.waitForURL(/situation=pause/);
    expect(await page.inputValue('[name="/applicant/idNumber"]')).to.equal(applicant().idNumber);
    await fillByKeys(page);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/edit/);
    const chooser = page.waitForEvent('filechooser');
    await toField(page, 'material:signed-page');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(PICTURE);
    await toField(page, 'notDuplicate');
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/filing\/receipts\//, { timeout: 30_000 });
    expect(await page.locator('.receipt-number').innerText()).to.match(/RS01/);
    await page.keyboard.press('n');
    await page.waitForURL(/\/filing$/);
    expect(await page.evaluate(NAME)).to.equal('who');
  });

  it('shows sound pages in every state', async () => {
    const page = await openAs(context, house, 'village', '/filing');
    const go = (path: string) => page.goto(house.url + path);
    const search = async (text: string) => {
      await go('/filing');
      await page.fill('#who', text);
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    };
    await expectSound(page, 'filing');
    await search(applicant().name);
    await expectSound(page, 'filing-found');
    const citizen = (await page.locator('.pick').first().getAttribute('href')) ?? '';
    await search('没有这人');
    await expectSound(page, 'filing-none');
    await search('5326');
    await expectSound(page, 'filing-wrong');
    for (const [name, path] of Object.entries({
      'filing-citizen': citizen,
      'filing-items': `/filing/items?citizen=${citizen.split('/').at(-1)}`,
      'filing-items-found': `/filing/items?q=${encodeURIComponent('我要盖房')}`,
      'filing-items-none': `/filing/items?q=${encodeURIComponent('月亮')}`,
      'filing-choose': '/cases/new?item=RS-01',
      'filing-new': `/cases/new?item=RS-01&situation=pause&citizen=${citizen.split('/').at(-1)}`,
      'filing-drafts-none': '/filing/drafts',
      'filing-drafts-discarded': '/filing/drafts?view=discarded',
    })) {
      await go(path);
      await expectSound(page, name);
    }
    await go(`/cases/new?item=RS-01&situation=pause&citizen=${citizen.split('/').at(-1)}`);
    await page.locator('button[value=check]').last().click();
    await page.waitForURL(/\/edit/);
    await expectSound(page, 'filing-edit-faults');
    const edit = new URL(page.url()).pathname;
    await go('/filing/drafts');
    await expectSound(page, 'filing-drafts');
    await go(edit.replace('/cases/', '/filing/drafts/').replace('/edit', ''));
    await expectSound(page, 'filing-draft');
    const { cases } = (
      await (await house.as('village')).get<{ cases: { id: string; number: string }[] }>('/api/cases')
    ).body;
    await go(`/filing/receipts/${cases.find((c) => c.number !== null)?.id}`);
    await expectSound(page, 'filing-receipt');
  });

  describe('without script', () => {
    let browser: Browser;
    before(async () => {
      browser = await chromium.launch(LAUNCH);
    });
    after(() => browser?.close());

    it('files all the same', async () => {
      const bare = await browser.newContext({ javaScriptEnabled: false });
      await signIn(bare, house, 'village');
      const page = await bare.newPage();
      await page.goto(`${house.url}/filing`);
      await page.fill('#who', applicant().idNumber);
      await page.keyboard.press('Enter');
      await page.locator('.pick').first().click();
      await page.getByRole('link', { name: '为其办理' }).click();
      await page.fill('#q', '交医保');
      await page.keyboard.press('Enter');
      await page.locator('a.pick[href*="item=YB-01"]').first().click();
      await page.locator('a[href*="situation=end"]').click();
      const form = exampleForm(house.service, 'YB-01', 0, 'end');
      (form.signature as Record<string, unknown>).way = '纸质签名或指印';
      for (const [pointer, value] of leaves(form)) {
        if (pointer.startsWith('/applicant/') || pointer === '/signature/image') continue;
        const field = page.locator(`[name="${pointer}"]:not([type=hidden])`);
        if ((await field.count()) === 0) continue;
        const kind = await field.first().getAttribute('type');
        if (kind === 'radio') await page.locator(`[name="${pointer}"][value="${value}"]`).check();
        else if (kind === 'checkbox') await field.first().check();
        else if ((await field.first().locator('option').count()) > 0)
          await field.first().selectOption(String(value));
        else await field.first().fill(String(value));
      }
      await page.locator('button[value=check]').last().click();
      await page.waitForURL(/\/edit/);
      await page.locator('input[type=file][multiple][name="material:signed-page"]').setInputFiles(PICTURE);
      await page.locator('button[value=submit]').last().click();
      expect(await page.locator('.error-summary').count(), await page.locator('main').innerText()).to.equal(
        0,
      );
      await page.waitForURL(/\/filing\/receipts\//);
      expect(await page.locator('.receipt').innerText()).to.include(applicant().name);
      await page.getByRole('link', { name: '下一位' }).click();
      await page.waitForURL(/\/filing$/);
    });
  });
});
