/** A person at the keyboard, without a mouse. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../src/platform/paths.ts';
import type { House } from './service.ts';

/** Pressed in vain before something is not to be reached. */
const MOST_TABS = 200;
const { password } = JSON.parse(readFileSync(join(projectRoot, 'data', 'demo-accounts.json'), 'utf8'));

/** Press Tab until something has the keyboard, once at least. */
export async function tabTo(page: Page, selector: string, most = MOST_TABS): Promise<void> {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`no Tab leads to ${selector}`);
}

const VALUE = 'document.activeElement.value || ""';

/** A day, in the order in which this browser asks for its parts. */
export async function typeDay(page: Page, value: string): Promise<void> {
  const [year = '', ...rest] = value.split('-');
  for (const typed of [value.replaceAll('-', ''), [...rest, year].join('')]) {
    await page.keyboard.type(typed);
    if ((await page.evaluate(VALUE)) === value) return;
    for (const _ of [1, 2, 3]) {
      await page.keyboard.press('Backspace');
      await page.keyboard.press('ArrowLeft');
    }
  }
  // A month by its name, before the year.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type(year);
  await page.keyboard.press('ArrowLeft');
  for (let month = 0; month < 12; month++) {
    if ((await page.evaluate(VALUE)) === value) return;
    await page.keyboard.press('ArrowUp');
  }
  expect(await page.evaluate(VALUE)).to.equal(value);
}

/** Press keys one after the other, and be somewhere else when the last is done. */
export async function goes(page: Page, at: RegExp, ...keys: string[]): Promise<void> {
  const presses = async () => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await Promise.all([page.waitForEvent('load'), presses()]);
  expect(page.url()).to.match(at);
}

/** Sign in at the page; whoever sat there before is gone. */
export async function signInByKeys(page: Page, house: House, login: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${house.url}/sign-in`);
  const isThere = await page.evaluate('document.activeElement.matches("[name=login]")');
  if (!isThere) await tabTo(page, '[name=login]');
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await goes(page, /^(?!.*sign-in)/, 'Enter');
}
