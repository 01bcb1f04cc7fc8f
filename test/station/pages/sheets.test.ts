/** Every guide as it hangs on the wall: one sheet of A4 each, with everything that the law asks for on it. */
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { browserOrSkip, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type House, openHouse } from '../../support/service.ts';
import { infoOf, popplerOrSkip } from '../papers/pdf.ts';

/** A4 at 96 dots an inch, without the margins of a guide (9 and 8 mm above and below, 10 mm at the sides). */
const SHEET = { width: 718, height: 1058 };
/** Part of the sheet's height that may be used: other typefaces run a little wider. */
const MOST = 0.985;
/** Points. */
const LEAST_TYPE = 8.4;

describe('guides on paper: one sheet of A4 for each situation', function () {
  this.timeout(600_000);
  let opened: Opened;
  let house: House;
  let context: BrowserContext;
  let page: Page;

  before(async function () {
    popplerOrSkip(this);
    browserOrSkip(this, 'guides on paper');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    context = await openBrowser();
    page = await context.newPage();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  /** The guide as it is printed: height as a part of the sheet, the smallest type in points, all that can be read. */
  async function asPrinted(): Promise<{ fill: number; type: number; text: string }> {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(SHEET);
    const [height, pixels, text] = (await page.evaluate(`(() => {
      const guide = document.querySelector('.guide');
      const shown = [...guide.querySelectorAll('.guide-body *')].filter((e) => e.innerText && e.offsetParent);
      const sizes = shown.map((e) => parseFloat(getComputedStyle(e).fontSize));
      return [guide.getBoundingClientRect().height, Math.min(...sizes), guide.innerText];
    })()`)) as [number, number, string];
    await page.emulateMedia({ media: null });
    return { fill: height / SHEET.height, type: pixels * 0.75, text: text.replaceAll(/\s/g, '') };
  }

  it('every pair of item and situation, in type that can be read, and nothing lost without a word', async () => {
    const wrong: string[] = [];
    let sheets = 0;
    for (const item of house.service.deps.definitions.list())
      for (const { id, title: situation } of item.situations) {
        const name = `${item.code} ${id}`;
        await page.goto(`${house.url}/items/${item.code}?situation=${id}`);
        const { Pages, 'Page size': size = '' } = infoOf(await page.pdf({ preferCSSPageSize: true }));
        sheets += 1;
        if (Pages !== '1' || !size.includes('A4')) wrong.push(`${name}: ${Pages} pages, ${size}`);
        const { fill, type, text } = await asPrinted();
        if (fill > MOST) wrong.push(`${name}: fills ${Math.round(fill * 100)} % of the sheet`);
        if (type < LEAST_TYPE) wrong.push(`${name}: type of ${type} pt`);
        const isIn = (t: string) => text.includes(t.replaceAll(/\s/g, ''));
        const { title, basis, conditions, quota, fee, followUp, situations } = item;
        const asked = [
          title,
          ...(situations.length > 1 ? [situation] : []),
          ...basis,
          ...conditions,
          quota,
          fee,
        ];
        for (const t of asked.filter((t) => !isIn(t))) wrong.push(`${name}: lacks ${t}`);
        if (!followUp.every(isIn) && !isIn(`办好以后要注意的 ${followUp.length} 条，请扫右上角的码`))
          wrong.push(`${name}: lost what comes afterwards`);
      }
    expect(wrong).to.deep.equal([]);
    expect(sheets).to.be.at.least(105);
  });
});
