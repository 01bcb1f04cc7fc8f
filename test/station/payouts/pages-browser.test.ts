/** Money in a real browser: a run from the first click to the last fen, by keyboard and mouse; every page is sound. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { simulateReturn } from '../../support/bank.ts';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { balanced, enrol } from '../../support/payouts.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { stageMoney } from '../../support/stage-money.ts';

const VILLAGE = '532628103201';

describe('money in a real browser', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let folder: string;
  before(async function () {
    browserOrSkip(this, 'the pages of money');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    folder = mkdtempSync(join(tmpdir(), 'cunban-return-'));
    context = await openBrowser();
    await enrol(house, {
      scheme: 'resident-pension',
      count: 12,
      over: () => ({ villageId: VILLAGE }),
    });
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const as = (login: string, path: string) => openAs(context, house, login, path);
  const press = async (page: Page, text: string) => {
    await page.locator('main .button', { hasText: text }).first().click();
    await page.waitForLoadState();
  };
  const says = (page: Page) => page.locator('main').innerText();

  it('from 编制 to 已结清: the officer, the leader, the bank, the officer', async () => {
    const first = await as('rs-officer', '/payouts');
    await press(first, '编制本期批次');
    await expectSound(first, 'run-new');
    await press(first, '编制并预览');
    await expectSound(first, 'run-draft');
    expect(await says(first))
      .to.include('等分管领导批准')
      .and.include('12 人')
      .and.include('叁仟陆佰元');
    const leader = await as('rs-leader', '/payouts');
    await press(leader, '审批');
    await press(leader, '批准');
    expect(await says(leader)).to.include('编制以后情况有变的不能批准');
    await expectSound(leader, 'run-approve');
    await leader.locator('main button', { hasText: '批准' }).focus();
    await leader.keyboard.press('Enter');
    await leader.waitForURL(/\/payouts\/runs\/[0-9a-z]{26}$/);
    expect(await says(leader))
      .to.include('已批准，待报送')
      .and.include('已完成');
    const officer = await as('rs-officer', '/payouts');
    await press(officer, '报送银行');
    await expectSound(officer, 'run-export');
    await press(officer, '生成银行文件并报送');
    const [download] = await Promise.all([
      officer.waitForEvent('download'),
      officer.locator('main a', { hasText: '文本' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('RESIDENT-PENSION-2026-10-1.txt');
    const sent = join(folder, 'sent.txt');
    await download.saveAs(sent);
    await imported(officer, sent);
    await balanced(house);
  });

  /** First a file that is wrong, then the right one. */
  async function imported(page: Page, sent: string): Promise<void> {
    const bytes = readFileSync(sent);
    const files = { wrong: join(folder, 'wrong.txt'), right: join(folder, 'right.txt') };
    const date = '20261012';
    writeFileSync(
      files.wrong,
      simulateReturn(bytes, () => '0000', { date, misbehave: 'other_amount' }),
    );
    writeFileSync(
      files.right,
      simulateReturn(bytes, ({ seq }) => (seq === 2 ? '1002' : '0000'), { date }),
    );
    await press(page, '导入回盘');
    await page.setInputFiles('[name=file]', files.wrong);
    await page.locator('main button', { hasText: '导入' }).click();
    await page.locator('.error-summary').waitFor();
    await expectSound(page, 'run-faults');
    expect(await page.locator('.error-summary').innerText()).to.include('整份文件都没有入账');
    await page.setInputFiles('[name=file]', files.right);
    await page.locator('main button', { hasText: '导入' }).click();
    await page.waitForURL(/\/payouts\/runs\/[0-9a-z]{26}$/);
    expect(await says(page))
      .to.include('已付 11 笔，退回 1 笔')
      .and.include('已结清')
      .and.include('账户已销户');
    await expectSound(page, 'run-settled');
  }

  it('on paper a run has no buttons and no navigation', async () => {
    const page = await as('rs-officer', '/payouts/schemes/resident-pension');
    await page.locator('main a', { hasText: '2026年10月第1批' }).click();
    await page.waitForLoadState();
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.site-nav', '.actions', '.search', '.crumbs'])
      expect(await page.locator(part).first().isVisible(), part).to.equal(false);
    expect(await says(page))
      .to.include('大写')
      .and.include('按乡镇和村合计');
  });

  it('every page is sound on a phone and at the counter', async () => {
    for (const { name, path, as: login = '' } of await stageMoney(house)) {
      const page = await as(login, path);
      await expectSound(page, name);
    }
  });
});
