/**
 * Pictures of every page on a desktop and a phone: `npm run screenshots [-- FOLDER]` (default
 * data/var/screenshots); `npm run screenshots -- data/pictures readme` makes those of the README. A rehearsal service
 * of its own is started, cases are brought into each state over the API, and the pages are photographed as the person who works with them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { startService } from '../../src/service.ts';
import { DESKTOP, openBrowser, openShot, PHONE } from './browser.ts';
import { type House, houseOf } from './service.ts';
import type { Shot } from './stage.ts';
import { GROUPS, stageCases } from './stage-cases.ts';
import { stageCash } from './stage-counter.ts';
import { stageMoney } from './stage-money.ts';

const forReadme = process.argv[3] === 'readme';
const README_SHOTS = ['guide', 'filing', 'inbox', 'case', 'desk', 'payout-run-draft'];
const folder = resolve(process.argv[2] ?? join(projectRoot, 'data', 'var', 'screenshots'));

/** Photograph a page; says when it scrolls sideways or holds an English sentence. */
async function take(context: BrowserContext, house: House, shot: Shot, suffix: string): Promise<void> {
  const page = await openShot(context, house, shot);
  const file = forReadme ? `${shot.name}.png` : `${shot.name}-${suffix}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: !forReadme });
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  const text = (await page.evaluate('document.body.innerText')) as string;
  const english = shot.name === 'api-docs' ? null : /\b[A-Za-z]{3,}( [A-Za-z]{2,}){2,}/.exec(text)?.[0];
  const remarks = [wide && 'scrolls sideways', english && `English: ${english}`].filter(Boolean);
  if (remarks.length > 0) process.stdout.write(`${shot.name}-${suffix}: ${remarks.join('; ')}\n`);
  await page.close();
}

mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'cunban-pictures-'));
const config = readConfig({ PORT: '0', DATA_DIR: dataDir, CUNBAN_MODE: 'rehearsal', LOG_LEVEL: 'error' });
const house = houseOf(await startService(config, createLog(config.logLevel)));
/** Staging moves the clock, so each group is photographed before the next is staged. */
async function photograph(shots: readonly Shot[]): Promise<number> {
  const sizes = { desktop: DESKTOP, ...(!forReadme && { phone: PHONE }) };
  for (const [suffix, viewport] of Object.entries(sizes)) {
    const context = await openBrowser(viewport);
    for (const shot of shots) await take(context, house, shot, suffix);
    await context.close();
  }
  return shots.length * Object.keys(sizes).length;
}

try {
  const groups = forReadme ? [stageCash, stageMoney, stageCases] : GROUPS;
  let taken = 0;
  for (const group of groups) {
    const shots = await group(house);
    taken += await photograph(forReadme ? shots.filter((s) => README_SHOTS.includes(s.name)) : shots);
  }
  process.stdout.write(`${taken} pictures in ${folder}\n`);
} finally {
  await house.close();
  rmSync(dataDir, { recursive: true, force: true });
}
