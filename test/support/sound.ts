/** What every page must be at the counter and on a phone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../src/platform/paths.ts';
import { drawWhole } from './browser.ts';

const SIZES = [
  { width: 360, height: 740 },
  { width: 1366, height: 768 },
];
const axe = readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');
const SIDEWAYS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
/** Targets lower than 44 px (36 px at a desk with a mouse); what stands in a `.choice` is pressed by its whole label. */
const SMALL = `[...document.querySelectorAll('main button, main .button, main input:not([type=hidden]), main select')]
  .filter((e) => e.offsetParent && !e.classList.contains('default-submit') && !e.closest('.choice'))
  .filter((e) => e.getBoundingClientRect().height < (document.documentElement.dataset.density === 'staff' ? 35.5 : 43.5))
  .map((e) => e.outerHTML.slice(0, 120))`;

/** What axe finds on a page: each rule that is broken, and where. */
export async function brokenRules(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate(`${axe}; axe.run()`)) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
}

/**
 * axe finds nothing, the page does not scroll sideways and every target is large enough, at both widths. Pictures are
 * kept in the folder that `CUNBAN_PICTURES` names.
 */
export async function expectSound(page: Page, name: string): Promise<void> {
  await drawWhole(page);
  const folder = process.env.CUNBAN_PICTURES;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    if (folder) await page.screenshot({ path: join(folder, `${name}-${size.width}.png`), fullPage: true });
    expect(await brokenRules(page), `${name} at ${size.width}`).to.deep.equal([]);
    expect(await page.evaluate(SIDEWAYS), `${name} scrolls sideways at ${size.width}`).to.equal(false);
    expect(await page.evaluate(SMALL), `${name} at ${size.width}`).to.deep.equal([]);
  }
}

/** Text that is cut off: its box hides what does not fit, and something does not. What only voices read is 1 px wide. */
const CUT = `[...document.querySelectorAll('main *, header *, footer *')]
  .filter((e) => e.offsetParent && e.textContent.trim() !== '' && !e.closest('.vh, svg, .drawing, select, canvas'))
  .filter((e) => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.outerHTML.slice(0, 120))`;

/** Nothing is lost at a width of 320 px, nor with text twice as large (WCAG 2.2, 1.4.10 and 1.4.4). */
export async function expectReadable(page: Page, name: string): Promise<void> {
  await drawWhole(page);
  const looks = [
    { width: 320, text: '' },
    { width: 1366, text: '200%' },
  ];
  for (const { width, text } of looks) {
    await page.setViewportSize({ width, height: 768 });
    await page.evaluate(`document.documentElement.style.setProperty('font-size', '${text}', 'important')`);
    const how = `${name} at ${width} px${text && `, text ${text}`}`;
    expect(await page.evaluate(SIDEWAYS), `${how} scrolls sideways`).to.equal(false);
    const cut = (await page.evaluate(CUT)) as string[];
    expect(cut.join('\n'), `${how} is cut`).to.equal('');
  }
}
