/** A real browser for tests and pictures: Debian's Chromium driven by playwright-core. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { isRequired, leaveOut } from './run.ts';
import type { House } from './service.ts';
import type { Shot } from './stage.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) =>
  existsSync(p),
);
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** How Chromium is started, wherever a test starts it. */
export const LAUNCH = { executablePath: CHROMIUM ?? '', headless: true, args: FLAGS.split(' ') };

export const DESKTOP = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 800 };

/** Without Chromium a test says in one line what it leaves out, or fails where nothing may be left out. */
export function browserOrSkip(test: Context, what: string): void {
  if (CHROMIUM) return;
  if (isRequired('browser')) throw new Error('CUNBAN_REQUIRE asks for a browser, and there is no Chromium');
  leaveOut(`no Chromium: ${what}`);
  test.skip();
}

/** A folder for what a browser keeps. */
export const newProfile = (): string => mkdtempSync(join(tmpdir(), 'cunban-browser-'));

/** A fresh browser with its own profile, or opened again on a former one; the caller closes it. */
export async function openBrowser(viewport = DESKTOP, profile = newProfile()): Promise<BrowserContext> {
  if (!CHROMIUM) throw new Error('no Chromium on this machine');
  const context = await chromium.launchPersistentContext(profile, {
    ...LAUNCH,
    viewport,
    locale: 'zh-CN',
    env: { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' } as Record<string, string>,
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(15_000);
  return context;
}

/** Everything that this browser opens from now on is opened by somebody else: `login`, or a stranger without one. */
export async function signIn(context: BrowserContext, house: House, login = ''): Promise<void> {
  await context.clearCookies();
  if (login === '') return;
  const { cookie } = await house.as(login);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: house.url }]);
}

/** A page of the house as `login` sees it, the only one that stays open. */
export async function openAs(
  context: BrowserContext,
  house: House,
  login: string,
  path: string,
): Promise<Page> {
  await signIn(context, house, login);
  for (const page of context.pages().slice(1)) await page.close();
  const page = await context.newPage();
  const answer = await page.goto(house.url + path);
  if (!answer?.ok()) throw new Error(`${path} as ${login}: ${answer?.status()}`);
  return page;
}

/** A staged page, in the state it is to be looked at; the caller closes it. */
export async function openShot(context: BrowserContext, house: House, shot: Shot): Promise<Page> {
  await signIn(context, house, shot.as);
  await context.addCookies((shot.cookies ?? []).map(([name, value]) => ({ name, value, url: house.url })));
  const page = await context.newPage();
  await page.goto(house.url + shot.path);
  await shot.act?.(page);
  return page;
}

const WHOLE = `(async () => {
  for (const part of document.querySelectorAll('.section')) part.style.contentVisibility = 'visible';
  for (const image of document.images) image.loading = 'eager';
  await Promise.allSettled([...document.images].map((image) => image.decode()));
})()`;

/**
 * Far below the window a browser neither fetches pictures nor lays out the parts of a form: now it has done so. A page
 * that another is just taking the place of is let go.
 */
export async function drawWhole(page: Page): Promise<void> {
  try {
    await page.evaluate(WHOLE);
  } catch (error) {
    if (!/navigation/.test(String(error))) throw error;
    await page.waitForLoadState();
    await page.evaluate(WHOLE);
  }
}

/** Sign with the mouse on a signature pad, wherever on the page it is. */
export async function draw(page: Page, pad: Locator): Promise<void> {
  await pad.scrollIntoViewIfNeeded();
  const at = (await pad.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(at.x + at.width * 0.2, at.y + at.height * 0.5);
  await page.mouse.down();
  for (let i = 1; i <= 20; i++)
    await page.mouse.move(at.x + at.width * (0.2 + i * 0.03), at.y + at.height * (0.5 + 0.3 * Math.sin(i)));
  await page.mouse.up();
}
