/** One application through the pages, in a real browser: what the people of the house see and press. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, draw, openBrowser } from '../support/browser.ts';
import { engines, type Opened } from '../support/databases.ts';
import { exampleForm, type House, openHouse, PNG } from '../support/service.ts';

const PASSWORD = 'cunban-demo-2026';

/** Every value of a form by its pointer; tables by their rows. */
function flat(value: unknown, pointer = ''): [string, string | boolean | string[]][] {
  if (Array.isArray(value))
    return value.every((v) => typeof v === 'string')
      ? [[pointer, value as string[]]]
      : value.flatMap((v, i) => flat(v, `${pointer}/${i}`));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, v]) => flat(v, `${pointer}/${key}`));
  return typeof value === 'boolean' ? [[pointer, value]] : [[pointer, String(value)]];
}

/** Fill one field as a person would, whatever kind of field it is; computed ones have none. */
async function fill(page: Page, pointer: string, value: string | boolean | string[]): Promise<void> {
  const field = page.locator(`[name="${pointer}"]:not([type=hidden])`);
  if ((await field.count()) === 0) return;
  const kind = await field
    .first()
    .evaluate((e) => (e.tagName === 'INPUT' ? (e as unknown as { type: string }).type : e.tagName));
  if (kind === 'file') return;
  if (Array.isArray(value))
    for (const one of value) await page.locator(`[name="${pointer}"][value="${one}"]`).check();
  else if (kind === 'radio') await page.locator(`[name="${pointer}"][value="${value}"]`).check();
  else if (kind === 'checkbox') await field.first().setChecked(value === true);
  else if (kind === 'SELECT') await field.first().selectOption(String(value));
  else await field.first().fill(String(value));
}

/** Make room for the rows of every table, then fill everything. */
async function fillForm(page: Page, form: Record<string, unknown>): Promise<void> {
  for (const [key, rows] of Object.entries(form))
    if (Array.isArray(rows) && rows.some((r) => typeof r === 'object'))
      for (let i = 0; i < rows.length; i++)
        if ((await page.locator(`[name^="/${key}/${i}/"]`).count()) === 0)
          await page.locator(`button[name=_row][value="add:/${key}"]`).click();
  for (const [pointer, value] of flat(form)) await fill(page, pointer, value);
}

const titleOf = (page: Page) => page.locator('h1').innerText();
const says = async (page: Page) => page.locator('main').innerText();

describe('one application in a real browser', function () {
  this.timeout(180_000);
  let opened: Opened;
  let house: House;
  let context: BrowserContext;
  let caseUrl = '';

  before(async function () {
    browserOrSkip(this, 'the walk through the pages');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    context = await openBrowser();
    await house.at('2026-11-02T09:00:00+08:00');
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  /** Somebody signs in at the page; whoever sat there before is gone. */
  async function as(login: string): Promise<Page> {
    await context.clearCookies();
    for (const page of context.pages().slice(1)) await page.close();
    const page = await context.newPage();
    await page.goto(`${house.url}/sign-in`);
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  /** Open the case from the inbox, press an act, fill it in, send it. */
  async function act(login: string, event: string, values: Record<string, unknown> = {}): Promise<string> {
    const page = await as(login);
    await page.goto(`${house.url}/inbox`);
    await page.locator(`a[href^="${caseUrl}"]`).first().click();
    await page.locator(`a[href$="/act/${event}"]`).first().click();
    await fillForm(page, values);
    await page.locator('main form button.button-primary').last().click();
    await page.waitForURL((url) => !url.pathname.includes('/act/'));
    return says(page);
  }

  const form = () => exampleForm(house.service, 'MZ-01') as { applicant: { idNumber: string } };

  it('the clerk starts at the guide, types a wrong digit, is told at the field, mends it, sends', async () => {
    const page = await as('village');
    await page.goto(`${house.url}/items/MZ-01`);
    expect(await titleOf(page)).to.contain('最低生活保障');
    await page.locator('a[href*="/cases/new?item=MZ-01"]').first().click();
    await page.waitForURL(/\/cases\/new/);

    const right = form();
    const wrong = structuredClone(right);
    const last = right.applicant.idNumber.at(-1) === '0' ? '1' : '0';
    wrong.applicant.idNumber = right.applicant.idNumber.slice(0, 17) + last;
    await fillForm(page, wrong);
    await page.locator('button[name=_do][value=check]:not(.default-submit)').last().click();
    await page.waitForURL(/\/edit/);
    caseUrl = new URL(page.url()).pathname.replace('/edit', '');
    const field = page.locator('[name="/applicant/idNumber"]');
    expect(await field.getAttribute('aria-invalid')).to.equal('true');
    expect(await field.inputValue()).to.equal(wrong.applicant.idNumber);
    expect(await page.locator('.error-summary').innerText())
      .to.contain('身份证号校验位不符')
      .and.to.contain('申请表签名页')
      .and.to.not.contain('请填写');

    for (const input of await page.locator('input[type=file][name^="material:"]:not([capture])').all())
      await input.setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: PNG });
    await page.locator('button[name=_do][value=submit]:not(.default-submit)').last().click();
    await page.waitForURL(/\/edit$/);
    expect(await page.locator('.error-summary').innerText()).to.match(/^有 1 处需要修改/);
    await field.fill(right.applicant.idNumber);
    await page.locator('button[name=_do][value=submit]:not(.default-submit)').last().click();
    await page.waitForURL(/\/filing\/receipts\//);
    await page.goto(house.url + caseUrl);
    expect(await says(page))
      .to.contain('待受理')
      .and.to.contain('收件回执');
  });

  it('the township asks once for a correction; the clerk sees it at the field and resubmits', async () => {
    await act('town-window', 'REQUEST_CORRECTION', {
      faults: [{ target: '申请人 › 手机号码', reason: '号码打不通', example: '13800000000' }],
    });
    const page = await as('village');
    await page.goto(`${house.url}/inbox`);
    await page.locator(`a[href^="${caseUrl}"]`).first().click();
    if (!page.url().endsWith('/edit')) await page.locator('a[href$="/edit"]').first().click();
    expect(await says(page)).to.contain('号码打不通');
    await page.fill('[name="/applicant/phone"]', '13800000000');
    await page.locator('button[name=_do][value=submit]:not(.default-submit)').last().click();
    await page.waitForURL(new RegExp(`${caseUrl}$`));
    expect(await says(page)).to.contain('待受理');
  });

  it('accepted, checked, visited, posted; the moved clock closes the notice', async () => {
    expect(await act('town-window', 'ACCEPT')).to.contain('家庭经济状况核对');
    await act('mz-officer', 'FORWARD', { opinion: '核对无异常' });
    await act('town-mz', 'RECORD_VISIT', {
      visitedAt: '2026-11-02',
      place: '剥隘村第三村民小组',
      officers: [
        { name: '陆海波', licence: '53262810301' },
        { name: '农文英', licence: '53262810302' },
      ],
      findings: '入户查看，走访邻里三户，情况属实。',
      conclusion: '符合',
    });
    await act('town-leader', 'FORWARD', { opinion: '同意公示' });
    expect(await act('committee', 'POST')).to.contain('公示');
    const board = await context.newPage();
    await board.goto(`${house.url}/notices`);
    expect(await says(board))
      .to.contain('最低生活保障')
      .and.to.not.contain(form().applicant.idNumber);
    await house.at('2026-11-12T09:00:00+08:00');
    expect(await act('mz-officer', 'FORWARD', { opinion: '符合条件' })).to.contain('审核确认');
  });

  it('the county approves, the certificate is printed and handed over with a signature', async () => {
    await act('mz-leader', 'APPROVE', { opinion: '给予低保', amount: 860 });
    const issued = await act('mz-officer', 'ISSUE');
    expect(issued).to.contain('最低生活保障证');
    const page = await as('village');
    await page.goto(house.url + caseUrl);
    const href = await page.locator('a[href^="/api/certificates/"]').first().getAttribute('href');
    const pdf = await page.request.get(house.url + href);
    expect((await pdf.body()).subarray(0, 5).toString()).to.equal('%PDF-');
    await page.locator('a[href$="/act/COLLECT"]').first().click();
    const { name, idNumber } = exampleForm(house.service, 'MZ-01').applicant as {
      name: string;
      idNumber: string;
    };
    await fillForm(page, { collector: '本人', name, idNumber, idChecked: true });
    await draw(page, page.locator('canvas').first());
    await page.locator('main form button.button-primary').last().click();
    await page.waitForURL((url) => !url.pathname.includes('/act/'));
    expect(await says(page)).to.contain('待发放低保金');
  });

  it('anybody may ask where it stands, and whether the certificate is genuine', async () => {
    await context.clearCookies();
    const page = await context.newPage();
    const [row] = await house.service.deps.db.read('cases').whereNotNull('number');
    await page.goto(`${house.url}/progress`);
    await page.fill('[name=number]', row.number);
    await page.fill('[name=lastFour]', form().applicant.idNumber.slice(-4));
    await page.keyboard.press('Enter');
    await page.getByText('待发放低保金').first().waitFor();
    expect(await says(page)).to.not.contain(form().applicant.idNumber);
    const [certificate] = await house.service.deps.db.read('certificates');
    await page.goto(`${house.url}/verify/${certificate.verify_code}`);
    expect(await says(page))
      .to.contain('有效')
      .and.to.contain(certificate.number);
    await page.goto(`${house.url}/verify/0000-0000-0000-0000`);
    expect(await says(page)).to.contain('查无此证');
  });
});
