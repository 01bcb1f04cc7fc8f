/** The day of a security administrator in a real browser, with the keyboard alone; the pages of the other two, looked at. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { openCase } from '../../walk/case.ts';

describe('the pages about people and places in a real browser', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let page: Page;

  before(async function () {
    browserOrSkip(this, 'the pages about people and places');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened, { LOG_LEVEL: 'silent' });
    await house.at('2026-09-28T09:00:00+08:00');
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  const goes = async (path: RegExp, ...pressed: string[]) => {
    const moved = page.waitForURL(path);
    for (const key of pressed) await page.keyboard.press(key);
    await moved;
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
  const type = async (selector: string, text: string) => {
    await reach(selector);
    await page.keyboard.insertText(text);
  };
  const says = () => page.locator('main').innerText();
  const sound = async (name: string) => {
    await expectSound(page, name);
    await expectReadable(page, name);
    await page.evaluate("document.documentElement.style.removeProperty('font-size')");
    await page.setViewportSize({ width: 1366, height: 768 });
  };
  const look = async (login: string, path: string, name: string) => {
    page = await openAs(context, house, login, path);
    await sound(name);
  };

  it('finds nobody, then everybody, and opens an account; what is missing is told first', async () => {
    page = await openAs(context, house, 'secadmin', '/admin');
    await reach('a[href="/admin/accounts"]');
    await goes(/\/admin\/accounts$/, 'Enter');
    await sound('admin-accounts');
    await page.reload();
    await page.keyboard.press('/');
    await page.keyboard.insertText('没有这个人');
    await goes(/text=/, 'Enter');
    expect(await says()).to.include('没有符合条件的账号');
    await sound('admin-accounts-empty');
    await page.reload();
    await goes(/\/accounts\/new$/, 'n');
    await sound('admin-accounts-new');
    await page.reload();
    await type('#f-name', '黄小云');
    await page.keyboard.press('Control+Enter');
    await page.locator('.error-summary').waitFor();
    await sound('admin-accounts-new-error');
    await page.reload();
    expect(await page.locator('#f-name').inputValue()).to.equal('黄小云');
    await reach('#f-role');
    await page.keyboard.press('ArrowDown');
    await type('#f-org', '532628103201');
    await page.keyboard.press('Control+Enter');
    await page.locator('text=只在这里显示这一次').waitFor();
    expect(await says()).to.include('huangxiaoyun');
    await sound('admin-accounts-password');
  });

  it('gives a post, takes it back, enters a leave, shuts out', async () => {
    await page.goto(`${house.url}/admin/accounts?text=李春燕`);
    await page.keyboard.press('j');
    await goes(/\/accounts\/[0-9a-z]{26}$/, 'Enter');
    const account = page.url();
    await sound('admin-account');
    await page.reload();
    await goes(/\/grant$/, 'g');
    await sound('admin-grant');
    await page.reload();
    await reach('#f-role');
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
    expect(await page.locator('#f-role').inputValue()).to.equal('leader');
    await type('#f-org', '剥隘镇');
    await goes(/\/accounts\/[0-9a-z]{26}$/, 'Control+Enter');
    expect(await says())
      .to.include('已经授予')
      .and.include('分管领导');
    await reach('a[href$="/withdraw"]');
    await goes(/\/withdraw$/, 'Enter');
    await sound('admin-withdraw');
    await page.reload();
    await type('#f-reason', '调整分工');
    await goes(/\/accounts\/[0-9a-z]{26}$/, 'Control+Enter');
    expect(await says()).to.include('当天收回');
    await goes(/\/leave$/, 'l');
    await sound('admin-leave');
    await page.reload();
    await page.keyboard.press('Escape');
    await page.goto(account);
    await goes(/\/disable$/, 'd');
    await page.keyboard.press('Control+Enter');
    await reach('#f-reason');
    await page.keyboard.press('Enter');
    await page.locator('.error-summary').waitFor();
    await sound('admin-disable-error');
    await page.reload();
    await type('#f-reason', '退休');
    await goes(/\/accounts\/[0-9a-z]{26}$/, 'Control+Enter');
    expect(await says()).to.include('已停用');
    await sound('admin-account-disabled');
  });

  it('looks at a table of people before they get accounts', async () => {
    await look('secadmin', '/admin/accounts/table', 'admin-table');
    const csv = (rows: string) => ({
      name: '账号.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`姓名,账号,岗位,机构,连同下级,起,止\n${rows}`),
    });
    await page.locator('#f-file').setInputFiles(csv('农小兰,,村代办员,剥隘镇,否,,\n陆远,,皇帝,,,,\n'));
    await page.locator('main form button').click();
    await page.locator('text=一个也没有开通').waitFor();
    await sound('admin-table-faults');
    await page.goto(`${house.url}/admin/accounts/table`);
    await page.locator('#f-file').setInputFiles(csv('农小兰,,村代办员,532628103201,否,,\n'));
    await page.locator('main form button').click();
    await page.locator('text=还没有开通').waitFor();
    await sound('admin-table-preview');
  });

  it('organisations: tree, search, history, changes looked at first, what stands against them', async () => {
    await look('sysadmin', '/admin/orgs', 'admin-orgs');
    await look('sysadmin', '/admin/orgs?text=没有这个', 'admin-orgs-empty');
    await look('sysadmin', '/admin/orgs/532628103?on=2026-09-01', 'admin-org');
    await look('sysadmin', '/admin/orgs/532628103/add', 'admin-org-add');
    await look('sysadmin', '/admin/orgs/532628103201/rename', 'admin-org-rename');
    await page.reload();
    await reach('#f-name');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('新剥隘社区');
    await page.keyboard.press('Control+Enter');
    await page.locator('text=影响到').waitFor();
    await sound('admin-org-preview');
    await look('sysadmin', '/admin/orgs/532628103201/close', 'admin-org-close');
    await page.reload();
    await type('#f-reason', '撤并');
    await page.keyboard.press('Control+Enter');
    await page.locator('.error-summary').waitFor();
    expect(await says()).to.include('/cases?village=532628103201');
    await sound('admin-org-close-error');
  });

  it('the log of acts, its check, and the leave of one’s own', async () => {
    await look('auditor', '/admin/audit', 'admin-audit');
    await look('auditor', '/admin/audit?person=没有', 'admin-audit-empty');
    await look('auditor', '/admin/audit/check', 'admin-audit-check');
    await page.reload();
    await page.keyboard.press('Tab');
    await reach('#f-last');
    await page.keyboard.press('Control+Enter');
    await page.locator('text=日志完整').waitFor();
    await sound('admin-audit-sound');
    await look('county-window', '/account/leave', 'leave');
    await page.reload();
    await type('#f-reason', '年休假');
    await page.keyboard.press('Control+Enter');
    await page.locator('.error-summary').waitFor();
    await sound('leave-error');
  });
});
