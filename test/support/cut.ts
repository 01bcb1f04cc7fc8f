/** Parts cut out of pages for the help, as WebP (Chromium writes it): each ends between two lines where it can. */
import type { Page } from 'playwright-core';
import { drawWhole } from './browser.ts';
import { type Crop, HELP_WIDTH } from './help-pictures.ts';

/** Of WebP: letters stay sharp, and a picture takes some 20 KB. */
const QUALITY = 50;
/** Pixels of the page around a part. */
const EDGE = 8;
/** Pixels that a heading or a label keeps with it of what it is about. */
const HEAD = 56;
/** Pixels that a part may be shorter, so that it ends where the fewest lines are cut. */
const SLACK = 140;

/** Nothing has the keyboard, no bar lies over a part; the page stands at its top. */
const SETTLE = `(() => {
  document.activeElement.blur();
  for (const bar of document.querySelectorAll('.actions-sticky')) bar.style.position = 'static';
  scrollTo(0, 0);
})()`;

/** Where a Chromium has no Chinese words, its own fields are shown as a Chinese one shows them. */
const CHINESE_FIELDS = `(() => {
  for (const field of document.querySelectorAll('input[type=date]')) {
    const value = field.value.replaceAll('-', '/');
    field.type = 'text';
    field.placeholder = '年 /月/日';
    field.value = value;
  }
  for (const field of document.querySelectorAll('input[type=file]')) {
    const shown = Object.assign(document.createElement('span'), { className: field.className });
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: '选择文件' });
    shown.append(button, ' 未选择任何文件');
    shown.style.cssText = getComputedStyle(field).display === 'none' ? 'display:none' : 'display:block';
    for (const side of ['padding', 'border', 'border-radius', 'background-color'])
      shown.style.setProperty(side, getComputedStyle(field).getPropertyValue(side));
    field.replaceWith(shown);
  }
})()`;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Around all that `of` finds, without the bars above `main`; undefined when it finds nothing. */
const boxOf = ({ of, height }: Crop): string => `(() => {
  const main = document.querySelector('main');
  const found = [...document.querySelectorAll(${JSON.stringify(of)})].map((e) => e.getBoundingClientRect());
  if (found.length === 0) return undefined;
  const lines = [];
  const add = ({ top, bottom }) => bottom > top && lines.push([top, bottom]);
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    if (texts.currentNode.data.trim() === '') continue;
    range.selectNodeContents(texts.currentNode);
    for (const rect of range.getClientRects()) add(rect);
  }
  const all = (selector) => [...main.querySelectorAll(selector)].map((e) => e.getBoundingClientRect());
  for (const rect of all('input, select, textarea, button, img, tr, .button, .pick')) add(rect);
  const foot = main.getBoundingClientRect().bottom;
  const last = Math.max(...[...lines.map(([, end]) => end), ...all('.card').map((r) => r.bottom)].filter((y) => y <= foot));
  for (const { top } of all('h2, h3, h4, label, legend, caption, thead, .card')) add({ top, bottom: top + ${HEAD} });
  const isWithin = (y) => ([from, to]) => from < y && y < to;
  const upper = Math.min(...found.map((r) => r.top));
  const top = lines.some(isWithin(upper - ${EDGE})) ? upper : Math.max(main.getBoundingClientRect().top, upper - ${EDGE});
  const end = Math.min(Math.max(...found.map((r) => r.bottom)) + ${EDGE}, last + 3 * ${EDGE}, foot);
  let bottom = Math.min(end, top + ${height ?? 'Infinity'});
  if (bottom < end) {
    const rates = Array.from({ length: ${SLACK} }, (_, i) => bottom - i).map((y) => [y, lines.filter(isWithin(y)).length]);
    const fewest = Math.min(...rates.map(([, crossed]) => crossed));
    bottom = rates.find(([, crossed]) => crossed === fewest)[0];
  }
  const x = Math.max(0, Math.min(...found.map((r) => r.left)) - ${EDGE});
  const right = Math.min(innerWidth, Math.max(...found.map((r) => r.right)) + ${EDGE});
  return { x: Math.floor(x), y: Math.ceil(top), width: Math.floor(right - x), height: Math.floor(bottom - top) };
})()`;

/** The picture of a part of a page. Throws when the page has no such part. */
export async function cutOut(page: Page, name: string, crop: Crop): Promise<Buffer> {
  await page.setViewportSize({ width: crop.width ?? HELP_WIDTH, height: 700 });
  await page.evaluate(SETTLE);
  await drawWhole(page);
  await page.evaluate(CHINESE_FIELDS);
  const box = (await page.evaluate(boxOf(crop))) as Box | undefined;
  if (!box) throw new Error(`${name}: no ${crop.of} on ${page.url()}`);
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    clip: { ...box, scale: 1 },
    captureBeyondViewport: true,
  });
  await browser.detach();
  return Buffer.from(data, 'base64');
}
