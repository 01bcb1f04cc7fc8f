/** The pages of disclosures in a real browser: axe finds nothing, at both widths. */
import type { BrowserContext } from 'playwright-core';
import { browserOrSkip, openAs, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { expectSound } from '../../support/sound.ts';
import { BRANCH, desk } from './branch.ts';

const GRID = { columns: ['姓名', '金额'], rows: [['张*三', '300']] };

describe('disclosures in a real browser', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  before(async function () {
    browserOrSkip(this, 'the pages of disclosures');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-10-12T09:40:00+08:00');
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  it('are sound, each as whoever works there sees it', async () => {
    const at = desk(house);
    const happened = async (what: string) => (await at.happened('hardship', '2026-10-11', what)).body.id;
    const waiting = await happened('待写');
    const { id } = await at.publish(await happened('已公布'), { audience: 'public', grid: GRID });
    const said = await house
      .stranger()
      .post<{ receipt: string }>(`/api/disclosures/${id}/objections`, { text: '金额对不上，请核对。' });
    const proposed = (await at.propose(await happened('待审'), { audience: 'public', grid: GRID })).body.id;
    await at.act('party-reviewer', (await at.propose(await happened('不予'))).body.id, 'REJECT', 1, {
      reason: '不属于',
      ground: 'outside',
    });
    const pages: [string, string, string][] = [
      ['secretary', '/branch/disclosures', 'home'],
      ['secretary', `/branch/disclosures/dues/${waiting}`, 'compose'],
      ['party-reviewer', `/branch/disclosures/${proposed}`, 'review'],
      ['secretary', `/branch/disclosures/${id}`, 'answer'],
      ['', `/disclosures?org=${BRANCH}`, 'board'],
      ['', `/disclosures/${id}`, 'disclosure'],
      ['', `/disclosures/receipts/${said.body.receipt}`, 'receipt'],
    ];
    for (const [login, path, name] of pages) {
      const page = await openAs(context, house, login, path);
      await expectSound(page, `disclosures-${name}`);
      await page.close();
    }
  });
});
