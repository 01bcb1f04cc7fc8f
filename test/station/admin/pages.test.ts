/** The day of a system administrator in a real browser, with the keyboard alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { transact } from '../../../src/platform/db/index.ts';
import { enqueue } from '../../../src/platform/jobs/index.ts';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { openCase } from '../../walk/case.ts';
import { sendPlain } from '../pages/browser.ts';
import { secondKeeper } from './keepers.ts';

const TABLE = `2027-01-01,off,元旦
2027-02-05,off,春节
2027-02-08,off,春节
2027-04-05,off,清明节
2027-05-01,off,劳动节
2027-06-09,off,端午节
2027-09-15,off,中秋节
2027-10-01,off,国庆节`;

describe('the pages of the system administrator in a real browser', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'cunban-admin-'));
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let page: Page;

  before(async function () {
    browserOrSkip(this, 'the pages of the system administrator');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened, { LOG_LEVEL: 'silent', CUNBAN_BACKUP_DIR: join(folder, 'shelf') });
    await house.at('2026-12-28T09:00:00+08:00');
    const walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    await walk.act('town-window', 'ACCEPT');
    const { deps } = house.service;
    const effect = { type: 'standing' } as const;
    await transact(deps.db, (trx) =>
      enqueue(
        trx,
        deps,
        [0, 1].map((ordinal) => ({
          effect: 'standing',
          payload: { caseId: walk.id, seq: 90, effect },
          caseId: walk.id,
          eventSeq: 90,
          ordinal,
        })),
      ),
    );
    await deps.db
      .write('outbox')
      .where({ event_seq: 90, ordinal: 0 })
      .update({ state: 'parked', error: 'no event 90' });
    rmSync(join(folder, 'shelf'), { recursive: true, force: true });
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
    await page.waitForLoadState();
  };
  const goes = async (path: RegExp, ...pressed: string[]) => {
    await Promise.all([page.waitForURL(path), keys(...pressed)]);
    await page.waitForLoadState();
  };
  /** Tab on until the keyboard is there. */
  const reach = async (selector: string) => {
    for (let i = 0; i < 300; i++) {
      if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`))
        return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };
  const says = () => page.locator('main').innerText();
  const sound = async (name: string) => {
    await expectSound(page, name);
    await expectReadable(page, name);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.reload();
  };

  it('begins at the front page: what is wrong is seen first', async () => {
    page = await openAs(context, house, 'sysadmin', '/items');
    await goes(/\/admin$/, 'g', 'a');
    const text = await says();
    for (const said of ['1 件搁置，要处理', '还没有备份', '2027 年没有国务院放假表'])
      expect(text).to.include(said);
    await sound('admin');
  });

  it('makes a backup and checks it', async () => {
    await goes(/\/admin\/backups$/, 'b');
    await sound('admin-backups-empty');
    await keys('n');
    await page.locator('.flash').waitFor();
    expect(await says()).to.include('已经备份');
    await reach('form[action$="/verify"] button');
    await keys('Enter');
    await page.locator('text=每个文件都与清单相符').waitFor();
    await sound('admin-backups');
  });

  it('takes up what was set aside', async () => {
    await goes(/\/admin\/jobs$/, 'w');
    await sound('admin-jobs');
    await reach('form[action="/admin/jobs/release"] button');
    await keys('Enter');
    await page.locator('.flash').waitFor();
    expect(await says())
      .to.include('1 件“更新证照和待遇”重新排队')
      .and.include('没有搁置的工作');
    await page.goto(`${house.url}/admin/jobs?state=waiting`);
    await sound('admin-jobs-waiting');
  });

  it('brings in the holidays of a year: faults first, then the look, then it counts', async () => {
    await goes(/\/admin\/holidays$/, 'h');
    await sound('admin-holidays');
    await reach('#f-scope');
    await keys('ArrowDown');
    await reach('#f-year');
    await page.keyboard.type('2027');
    await reach('#f-source');
    await page.keyboard.type('国办发明电〔2026〕演练号');
    await reach('#f-csv');
    await page.keyboard.insertText(`${TABLE}\n2027-10-02,rest,国庆节`);
    await goes(/\/check$/, 'Control+Enter');
    expect(await says()).to.include('第 9 行：“rest”无效');
    await expectSound(page, 'admin-holidays-faults');
    await page.setViewportSize({ width: 1366, height: 768 });
    await reach('#f-csv');
    await keys('Control+a');
    await page.keyboard.insertText(TABLE);
    await keys('Control+Enter');
    await page.locator('text=还没有生效').waitFor();
    await expectSound(page, 'admin-holidays-preview');
    await expectReadable(page, 'admin-holidays-preview');
    await goes(/\/admin\/holidays$/, 'y');
    expect(await says())
      .to.include('已生效')
      .and.include('国办发明电〔2026〕演练号');
    await reach('a[href$="/withdraw"]');
    await goes(/withdraw$/, 'Enter');
    await sound('admin-holidays-withdraw');
  });

  it('enters a new number and finds one of a colleague to approve', async () => {
    await goes(/\/admin\/parameters$/, 'p');
    await sound('admin-parameters');
    await keys('/');
    await page.keyboard.type('农村低保标准');
    await goes(/text=/, 'Enter');
    await reach('a[data-row-link]');
    await goes(/dibaoStandardRural$/, 'Enter');
    await sound('admin-parameter');
    await reach('#f-text');
    await page.keyboard.type('560');
    await reach('#f-from');
    await keys('Control+Enter');
    await page.locator('.error-summary').waitFor();
    await expectSound(page, 'admin-parameter-faults');
    const second = await secondKeeper(house);
    await sendPlain(second, '/admin/parameters/dibaoStandardRural', [
      ['text', '5600'],
      ['unitIs', 'on'],
      ['from', '2027-02-01'],
      ['source', '富民发〔2026〕31 号'],
    ]);
    await page.goto(`${house.url}/admin/parameters/dibaoStandardRural`);
    await sound('admin-parameter-proposed');
    await keys('y');
    await page.locator('.flash').waitFor();
    expect(await says())
      .to.include('已批准')
      .and.include('5600');
    await sound('admin-parameter-approved');
  });

  it('looks at an item: steps, terms, drawing', async () => {
    await goes(/\/admin\/definitions$/, 'd');
    await sound('admin-definitions');
    await keys('j', 'j');
    await goes(/\/admin\/definitions\/\w\w-\d\d$/, 'Enter');
    await sound('admin-definition');
  });

  it('the other two have their own front page', async () => {
    for (const login of ['secadmin', 'auditor']) {
      page = await openAs(context, house, login, '/admin');
      await sound(`admin-${login}`);
      expect(await page.locator('main a').count()).to.equal(1);
    }
  });
});
