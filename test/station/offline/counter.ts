/** The counter of a village at the end of a line that can be cut: a browser that can be closed and opened again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { projectRoot } from '../../../src/platform/paths.ts';
import { DESKTOP, newProfile, openBrowser } from '../../support/browser.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { type Line, layLine } from '../../support/line.ts';
import { exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import { fieldsOf } from '../pages/browser.ts';

const { password } = JSON.parse(readFileSync(join(projectRoot, 'data/demo-accounts.json'), 'utf8'));
export const FORM = '/cases/new?item=WJ-01&situation=pregnancy';
export const WAITING = '/filing/waiting';

export interface Counter {
  house: TestHouse;
  line: Line;
  context: BrowserContext;
  page: Page;
  /** The folder of what its browser keeps. */
  profile: string;
  /** Close the browser and open it again on the same computer. */
  reopen(): Promise<void>;
  go(path: string): Promise<void>;
  /** Sign in by the page, as somebody at the counter does. */
  signIn(login: string): Promise<void>;
  signOut(): Promise<void>;
  /** Until the script has put the form on this computer’s care. */
  formReady(): Promise<void>;
  /** Until the browser keeps this page, the form of the tests if none is named. */
  warmed(path?: string): Promise<void>;
  /** Cases that were opened by the page. */
  cases(): Promise<{ number: string | null; applicant_name: string; phase: string }[]>;
  close(): Promise<void>;
}

/** A computer of its own at a house of its own, on SQLite: what is tested lies in the browser. */
export async function openCounter(): Promise<Counter> {
  const opened: Opened = await (engines[0] as (typeof engines)[0]).open();
  const house = await openHouse(opened);
  const line = await layLine(house.url);
  // Filed most by this clerk, so its form is the first that the browser keeps.
  const { db } = house.service.deps;
  const clerk = await house.as('village');
  await clerk.post('/api/cases', { item: 'WJ-01', form: {}, draft: true });
  const before: string[] = await db.read('cases').pluck('id');
  const profile = newProfile();
  const counter = { house, line, profile } as Counter;
  const start = async () => {
    counter.context = await openBrowser(DESKTOP, profile);
    counter.page = counter.context.pages()[0] ?? (await counter.context.newPage());
    counter.page.on('dialog', (dialog) => dialog.accept());
  };
  await start();
  return Object.assign(counter, {
    async reopen() {
      await counter.context.close();
      await start();
    },
    async go(path: string) {
      await counter.page.goto(line.url + path);
    },
    async signIn(login: string) {
      if (!counter.page.url().includes('/sign-in')) await counter.go('/sign-in');
      await counter.page.fill('#login', login);
      await counter.page.fill('#password', password);
      await counter.page.click('main button');
      await counter.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    },
    async signOut() {
      await counter.page.click('.sign-out');
      await counter.page.waitForLoadState();
    },
    async formReady() {
      await counter.page.waitForSelector('form[data-ready]');
    },
    async warmed(path = FORM) {
      const isKept = (at: string) => counter.page.evaluate(async (p) => Boolean(await caches.match(p)), at);
      while (!(await isKept(path))) await counter.page.waitForTimeout(100);
    },
    cases: () =>
      db.read('cases').whereNotIn('id', before).select('number', 'applicant_name', 'phase').orderBy('id'),
    async close() {
      await counter.context.close();
      await line.close();
      await house.close();
      await opened.drop();
    },
  });
}

/** What is typed for an application that needs no paper. */
export const application = (house: TestHouse): [string, string][] =>
  fieldsOf(exampleForm(house.service, 'WJ-01', 0, 'pregnancy'));

/** Type what a form asks for, as far as it asks for it. */
export async function type(page: Page, fields: readonly (readonly [string, string])[]): Promise<void> {
  for (const [name, value] of fields) {
    const row = /^(.*)\/\d+\//.exec(name)?.[1];
    if (row && (await page.locator(`[name="${name}"]`).count()) === 0)
      await page.click(`[name=_row][value="add:${row}"]`);
    const inputs = page.locator(`form[data-offline-title] [name="${name}"]`);
    const kind = await inputs.first().evaluate((e) => (e as HTMLInputElement).type);
    if (kind === 'radio') await page.check(`[name="${name}"][value="${value}"]`);
    else if (kind === 'checkbox') await inputs.first().check();
    else if (kind === 'select-one') await inputs.first().selectOption(value);
    else if (kind === 'hidden')
      await inputs.first().evaluate((e, v) => ((e as HTMLInputElement).value = v), value);
    else await inputs.first().fill(value);
  }
}

/** What the form on the page holds, by name. */
export const typedOn = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const form = document.querySelector('form[data-offline-title]') as HTMLFormElement;
    return Object.fromEntries(
      [...new FormData(form)].filter(([name]) => name.startsWith('/')).map(([name, v]) => [name, String(v)]),
    );
  });

/** Until what was typed last is on this computer. */
export async function kept(page: Page): Promise<void> {
  const now = await page.evaluate(() => Date.now());
  await page.locator('form[data-offline-title] [name="/applicant/address"]').dispatchEvent('input');
  await page.waitForFunction(
    (since) => Number(document.querySelector<HTMLFormElement>('form[data-kept]')?.dataset.kept) >= since,
    now,
  );
}
