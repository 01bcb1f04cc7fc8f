/** The pages of cash and of the desk in a real browser: a bag, a hand-over with a drawn signature, the day's end. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, draw, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { identity, nameOf } from '../../support/payouts.ts';
import { type House, openHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { cashRun, VILLAGE } from './village.ts';

const folder = process.env.CUNBAN_PICTURES;

describe('cash and the desk in a real browser', function () {
  this.timeout(240_000);
  let opened: Opened;
  let house: House;
  let context: BrowserContext;

  before(async function () {
    browserOrSkip(this, 'the pages of cash');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:00:00+08:00');
    context = await openBrowser();
    await cashRun(house, { count: 24, amount: (i) => 12_345 + i });
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  const as = (login: string, path: string) => openAs(context, house, login, path);
  const press = async (page: Page, text: string) => {
    page.once('dialog', (d) => void d.accept());
    await page.locator('main button', { hasText: text }).first().click();
    await page.waitForLoadState();
  };
  const says = (page: Page) => page.locator('main').innerText();

  it('the office packs a bag and sends it', async () => {
    const page = await as('town-mz', '/cash');
    await expectSound(page, 'cash-office');
    await page.locator('main a', { hasText: '剥隘' }).first().click();
    await expectSound(page, 'bag-new');
    await press(page, '装袋');
    await expectSound(page, 'bag-packed');
    await press(page, '送出');
    expect(await says(page)).to.include('已送出，待清点');
  });

  it('the village counts a fen too few and is told; then it counts again, and the committee receives', async () => {
    const page = await as('village', '/cash');
    await expectSound(page, 'cash-village');
    const first = page.locator('main .button-primary').first();
    expect(await first.innerText()).to.equal('清点款袋 2,965.56 元');
    await page.locator('main a', { hasText: '款袋-' }).first().click();
    await page.fill('[name="/amount"]', '2965.55');
    await press(page, '登记清点');
    expect(await page.locator('.error-summary').innerText()).to.include('少 0.01 元');
    await expectSound(page, 'bag-difference');
    await page.fill('[name="/amount"]', '2965.56');
    await page.fill('[name="/explanation"]', '漏数一枚一分硬币');
    await press(page, '登记清点');
    expect(await says(page)).to.include('等村委会的另一位同志签收');
    const url = new URL(page.url()).pathname;
    const committee = await as('committee', url);
    await press(committee, '签收');
    expect(await says(committee)).to.include('已签收');
  });

  it('the clerk finds the citizen by four figures and hands over against a drawn signature', async () => {
    const page = await as('village', '/desk');
    await expectSound(page, 'desk');
    await page.keyboard.type(identity(7).slice(-4));
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await page
      .locator('main a', { hasText: nameOf(7) })
      .first()
      .click();
    await page.locator('[name="/collector"][value="本人"]').check();
    await expectSound(page, 'desk-person');
    await page.fill('[name="/name"]', nameOf(7));
    await page.fill('[name="/idNumber"]', identity(7));
    await page.locator('[name="/idChecked"]').check();
    await page.locator('[name="/signedBy"][value="屏幕手写"]').check();
    await page.fill('[name="/witness"]', '黄大年');
    for (const pad of await page.locator('canvas').all()) await draw(page, pad);
    await press(page, '确认领取');
    expect(await says(page))
      .to.include('今天已经领取')
      .and.include('没有待领取的了');
    await expectSound(page, 'desk-done');
    const receipt = await page.locator('a', { hasText: '领款收据' }).first().getAttribute('href');
    const answer = await page.request.get(house.url + receipt);
    expect(answer.headers()['content-type']).to.equal('application/pdf');
    if (folder) writeFileSync(join(folder, 'receipt.pdf'), await answer.body());
  });

  it('the list of the day, a hand-out, and the day that does not balance by a fen', async () => {
    const page = await as('village', '/desk/list');
    await expectSound(page, 'desk-list');
    if (folder) {
      await page.pdf({ path: join(folder, 'desk-list.pdf'), preferCSSPageSize: true });
    }
    await page.goto(`${house.url}/cash/days`);
    await expectSound(page, 'cash-days');
    await page.goto(`${house.url}/cash/days/2026-10-12`);
    await expectSound(page, 'cash-day');
    await page.locator('main a', { hasText: '收据' }).first().click();
    await expectSound(page, 'hand-out');
    await page.goto(`${house.url}/cash/days/2026-10-12?village=${VILLAGE}`);
    const count = async (last: number) => {
      await page.fill('[name="/n10000"]', '28');
      await page.fill('[name="/n1000"]', '4');
      await page.fill('[name="/n100"]', '2');
      await page.fill('[name="/n1"]', String(last));
      await press(page, '日清');
    };
    await count(3);
    expect(await page.locator('.error-summary').innerText())
      .to.include('少 0.01 元')
      .and.include('收据存根');
    await expectSound(page, 'cash-day-out');
    await count(4);
    expect(await says(page)).to.include('等村委会的另一位同志确认');
    const committee = await as('committee', `/cash/days/2026-10-12?village=${VILLAGE}`);
    await expectSound(committee, 'cash-day-confirm');
    await press(committee, '账款相符');
    expect(await says(committee)).to.include('已日清');
    if (folder) await committee.pdf({ path: join(folder, 'cash-day.pdf'), preferCSSPageSize: true });
  });

  it('what nobody called for', async () => {
    await house.at('2026-12-14T09:00:00+08:00');
    const page = await as('village', '/cash');
    await expectSound(page, 'cash-unclaimed');
    await press(page, '全部列入退款单');
    await expectSound(page, 'return');
    expect(await says(page)).to.include('待村委会确认');
  });
});
