/** The board and the pages of ratings in a browser: sound, readable, with the keyboard, without script. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, openBrowser, signIn } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectReadable, expectSound } from '../../support/sound.ts';
import { busyTown, LAST_FOUR, type Town } from './town.ts';

describe('pages of the board and of ratings', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  let page: Page;
  let town: Town;

  before(async function () {
    browserOrSkip(this, 'pages of the board');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    context = await openBrowser();
    page = context.pages()[0] as Page;
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  const as = (login?: string) => signIn(context, house, login);
  const look = async (path: string, name: string) => {
    await page.goto(house.url + path);
    await expectSound(page, name);
    await expectReadable(page, name);
    await page.reload();
  };

  it('is sound while nothing has happened', async () => {
    await as('inspector');
    await look('/board', 'board-empty');
    await look('/ratings', 'ratings-empty');
    await look('/ratings/bad', 'bad-empty');
  });

  it('is sound with everything, and its pictures are drawn', async () => {
    town = await busyTown(house);
    await house.at('2026-10-19T09:40:00+08:00');
    const { number } = town.rejected.view;
    const rated = { number, lastFour: LAST_FOUR, level: 5, comment: '去了三趟' };
    expect((await house.stranger().post('/api/ratings', rated)).status).to.equal(204);
    await house.at('2026-10-26T09:41:00+08:00');
    await look('/board?from=2026-09-01&to=2026-10-31', 'board-full');
    await page.setViewportSize({ width: 1366, height: 768 });
    for (const picture of await page.locator('img.board-chart').all()) {
      await picture.scrollIntoViewIfNeeded();
      expect(
        await picture.evaluate((img) =>
          (img as HTMLImageElement).decode().then(() => (img as HTMLImageElement).naturalWidth),
        ),
      ).to.be.greaterThan(0);
    }
    if (process.env.CUNBAN_PICTURES)
      await page.screenshot({ path: `${process.env.CUNBAN_PICTURES}/board-drawn.png`, fullPage: true });
    await look('/ratings', 'ratings-full');
    await look('/ratings/bad', 'bad-full');
    await look('/board/money?scheme=elder-allowance&days=2026-09-01~2026-10-31', 'board-money');
  });

  it('is worked with the keyboard alone: from the board to the list behind a number, and back a bad rating', async () => {
    await page.goto(`${house.url}/board`);
    const tile = page.locator('.stats a.stat-body').first();
    await tile.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\?place=1&hand=1/);
    await as('ny-officer');
    await page.goto(`${house.url}/ratings/bad?standing=open`);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ratings\/bad\/[0-9a-z]{26}$/);
    await expectSound(page, 'bad-one');
    await page.locator('textarea[name=text]').focus();
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.has-error');
    await expectSound(page, 'bad-one-error');
    await page.locator('textarea[name=text]').focus();
    await page.keyboard.type('打过电话，情况属实');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('text=联系核实已登记');
    expect(await page.innerText('main')).to.include('整改反馈');
  });

  it('is given at the counter and on the page of progress, sound in every state', async () => {
    await as('village');
    await look(`/cases/${town.collected.id}/rating`, 'counter-rating');
    await page.locator('main button[type=submit], main form button').last().click();
    await page.waitForSelector('.has-error');
    await expectSound(page, 'counter-rating-error');
    await page.check('text=非常满意 >> nth=0');
    await page.fill('input[name=lastFour]', LAST_FOUR);
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=评价收到了');
    await expectSound(page, 'counter-rating-done');
    await as();
    await page.goto(`${house.url}/progress`);
    await page.fill('#number', town.refused.view.number as string);
    await page.fill('#lastFour', LAST_FOUR);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#rating');
    await expectSound(page, 'progress-rating');
    await page.locator('#rating button').click();
    await page.waitForSelector('.has-error');
    await expectSound(page, 'progress-rating-error');
    await page.check('#rating input[value="2"]');
    await page.locator('#rating button').click();
    await page.waitForSelector('text=评价收到了');
    await expectSound(page, 'progress-rated');
  });
});
