/** @jsxRuntime automatic @jsxImportSource preact */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { expect } from 'chai';
import Koa from 'koa';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Page as Document, findAsset, render, styleguidePage } from '../../../src/platform/web/index.ts';
import { browserOrSkip, LAUNCH } from '../../support/browser.ts';
import { expectSound } from '../../support/sound.ts';
import { idsOf, inlineCode } from './html.ts';

const WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('the style page', function () {
  this.timeout(60_000);
  let server: Server;
  let url: string;
  let browser: Browser;

  before(async function () {
    browserOrSkip(this, 'the style page');
    const router = new Router();
    styleguidePage(router, (_ctx, page) => render(<Document {...page} />));
    const app = new Koa();
    app.use(async (ctx, next) => {
      const asset = findAsset(ctx.path);
      if (!asset) return next();
      ctx.type = asset.type;
      ctx.body = asset.body;
    });
    server = app.use(router.routes()).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/styleguide`;
    browser = await chromium.launch(LAUNCH);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(query: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const page = await browser.newPage({ locale: 'zh-CN', ...options });
    const answer = await page.goto(`${url}?${query}`);
    expect(answer?.status()).to.equal(200);
    return page;
  }

  it('is a sound document without inline code', async () => {
    const html = await (await fetch(url)).text();
    expect(inlineCode(html)).to.deep.equal([]);
    const ids = idsOf(html);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(html)
      .to.match(/\d+\.\d : 1/)

      .and.not.to.match(/>低于 [\d.]+</);
  });

  for (const density of ['staff', 'counter', 'public'])
    it(`breaks no rule of axe and never scrolls sideways, in the density of ${density}`, async () => {
      const page = await open(`density=${density}`);
      await expectSound(page, `styleguide-${density}`);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await page.evaluate(WIDE)).to.equal(0);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.evaluate(() => Object.assign(document.documentElement.style, { fontSize: '200%' }));
      expect(await page.evaluate(WIDE), 'text doubled').to.equal(0);
      await page.close();
    });

  it('stands in sizes that its readers need', async () => {
    const measure = async (density: string) => {
      const page = await open(`density=${density}`, { viewport: { width: 1366, height: 768 } });
      const size = await page.evaluate('parseFloat(getComputedStyle(document.body).fontSize)');
      const height = (await page.locator('#actions .button-primary').first().boundingBox())?.height;
      await page.close();
      return [size, height];
    };
    expect(await measure('staff')).to.deep.equal([16, 36]);
    expect(await measure('counter')).to.deep.equal([17, 46.75]);
    expect(await measure('public')).to.deep.equal([18, 49.5]);
  });

  it('keeps still for who asks for it, and every state in sight in forced colours', async () => {
    const page = await open('', { reducedMotion: 'reduce', forcedColors: 'active' });
    const moving = `[...document.querySelectorAll('*')].filter((e) => {
      const s = getComputedStyle(e);
      return parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0;
    }).length`;
    expect(await page.evaluate(moving)).to.equal(0);
    const edge = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).borderTopStyle`);
    for (const selector of [
      '.button-primary',
      '.chip[aria-current]',
      '.badge-danger',
      '.light-red',
      '.flash-error',
    ])
      expect(await edge(selector), selector).to.equal('solid');
    await page.close();
  });

  it('prints without header, buttons and tools', async () => {
    const page = await open('density=staff');
    await page.emulateMedia({ media: 'print' });
    for (const selector of [
      '.site-header .bar',
      '.site-nav',
      '.actions',
      '.toolbar',
      '.chips',
      '.pager',
      '.tabs',
      '.flash',
    ])
      expect(await page.locator(selector).first().isVisible(), selector).to.equal(false);
    expect(await page.locator('.steps').isVisible()).to.equal(true);
    await page.close();
  });
});
