/** A real browser for tests and pictures: Debian's Chromium driven by playwright-core. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

export const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (p) => existsSync(p),
);
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** A fresh browser with its own profile; the caller closes it. */
export async function openBrowser(viewport = DESKTOP): Promise<BrowserContext> {
  if (!CHROMIUM) throw new Error('no Chromium on this machine');
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'cunban-browser-')), {
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS.split(' '),
    viewport,
    locale: 'zh-CN',
    env: { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' } as Record<string, string>,
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(15_000);
  return context;
}
