/** Every page there is, as staged for the pictures: axe, targets, narrow screens and large type. */
import { expect } from 'chai';
import type { BrowserContext } from 'playwright-core';
import { browserOrSkip, openBrowser, openShot } from '../support/browser.ts';
import { engines, type Opened } from '../support/databases.ts';
import { openHouse, type TestHouse } from '../support/service.ts';
import { expectReadable, expectSound } from '../support/sound.ts';
import { GROUPS } from '../support/stage-cases.ts';

describe('every page is sound', function () {
  this.timeout(300_000);
  let opened: Opened;
  let house: TestHouse;
  let context: BrowserContext;
  before(async function () {
    browserOrSkip(this, 'axe, narrow screens and large type on every page');
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    context = await openBrowser();
  });
  after(async () => {
    await context?.close();
    await house?.close();
    await opened?.drop();
  });

  for (const group of GROUPS)
    it(group.name.replace('stage', '').toLowerCase(), async () => {
      const faults: string[] = [];
      for (const shot of await group(house)) {
        const page = await openShot(context, house, shot);
        for (const check of [expectSound, expectReadable])
          await check(page, shot.name).catch((error: Error) => faults.push(error.message));
        await page.close();
      }
      expect(faults.join('\n')).to.equal('');
    });
});
