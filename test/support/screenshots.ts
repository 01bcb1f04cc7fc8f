/**
 * Pictures of every page on a desktop and a phone: `npm run screenshots [-- FOLDER]` (default data/var/screenshots);
 * `npm run screenshots -- data/pictures readme` makes those of the README, `npm run screenshots -- data/pictures/help
 * help` the parts of pages that stand in the help. A rehearsal service of its own is started, cases are brought into
 * each state over the API, and the pages are photographed as the person who works with them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { startService } from '../../src/service.ts';
import { DESKTOP, drawWhole, openBrowser, openShot, PHONE } from './browser.ts';
import { cutOut } from './cut.ts';
import { type Crop, HELP_PICTURES } from './help-pictures.ts';
import { type House, houseOf } from './service.ts';
import type { Shot } from './stage.ts';
import { GROUPS } from './stage-cases.ts';

type Kind = 'all' | 'readme' | 'help';

const README_SHOTS = [
  'guide',
  'filing-new',
  'desk-inbox',
  'review',
  'case',
  'desk',
  'payout-run-draft',
  'board',
];
const kind = (process.argv[3] ?? 'all') as Kind;
const folder = resolve(process.argv[2] ?? join(projectRoot, 'data', 'var', 'screenshots'));
const cropsOf = (shot: Shot): [string, Crop][] =>
  Object.entries(HELP_PICTURES).filter(([, crop]) => crop.shot === shot.name);
const WANTED: Record<Kind, (shot: Shot) => boolean> = {
  all: () => true,
  readme: ({ name }) => README_SHOTS.includes(name),
  help: (shot) => cropsOf(shot).length > 0,
};

/** Photograph a page; says when it scrolls sideways or holds an English sentence. */
async function take(page: Page, shot: Shot, suffix: string): Promise<void> {
  const name = kind === 'readme' ? shot.name : `${shot.name}-${suffix}`;
  await drawWhole(page);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: kind === 'all' });
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  const text = (await page.evaluate('document.body.innerText')) as string;
  const english = shot.name === 'api-docs' ? null : /\b[A-Za-z]{3,}( [A-Za-z]{2,}){2,}/.exec(text)?.[0];
  const remarks = [wide && 'scrolls sideways', english && `English: ${english}`].filter(Boolean);
  if (remarks.length > 0) process.stdout.write(`${name}: ${remarks.join('; ')}\n`);
}

/** Staging moves the clock, so each group is photographed before the next is staged. */
async function photograph(house: House, shots: readonly Shot[]): Promise<number> {
  if (shots.length === 0) return 0;
  const sizes = {
    ...(kind === 'help' ? { part: DESKTOP } : { desktop: DESKTOP }),
    ...(kind === 'all' && { phone: PHONE }),
  };
  for (const [suffix, viewport] of Object.entries(sizes)) {
    const context: BrowserContext = await openBrowser(viewport);
    for (const shot of shots) {
      const page = await openShot(context, house, shot);
      if (kind !== 'help') await take(page, shot, suffix);
      for (const [name, crop] of kind === 'help' ? cropsOf(shot) : [])
        writeFileSync(join(folder, `${name}.webp`), await cutOut(page, name, crop));
      await page.close();
    }
    await context.close();
  }
  return shots.length * Object.keys(sizes).length;
}

mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'cunban-pictures-'));
const config = readConfig({
  PORT: '0',
  DATA_DIR: dataDir,
  CUNBAN_MODE: 'rehearsal',
  LOG_LEVEL: 'error',
  CUNBAN_BACKUP_DIR: join(dataDir, 'backups'),
});
const house = houseOf(await startService(config, createLog(config.logLevel)));
try {
  let taken = 0;
  for (const group of GROUPS) taken += await photograph(house, (await group(house)).filter(WANTED[kind]));
  process.stdout.write(`${taken} pictures in ${folder}\n`);
} finally {
  await house.close();
  rmSync(dataDir, { recursive: true, force: true });
}
