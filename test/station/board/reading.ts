/** A board's page, its tables and the lists behind its numbers, read as a browser without script reads them. */
import { expect } from 'chai';
import type { Client } from '../../support/service.ts';
import { open } from '../pages/browser.ts';

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
export const plain = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/** Between header and footer. */
export const mainOf = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

export interface Linked {
  href: string;
  text: string;
}

/** Every number of a board with the list it opens. */
export const linked = (html: string): Linked[] =>
  [...html.matchAll(/<a (?:class="stat-body" )?href="([^"]+)"[^>]*>(.*?)<\/a>/gs)]
    .map(([, href = '', inner = '']) => ({
      href: plain(href),
      text: /<b>([^<]*)<\/b>/.exec(inner)?.[1] ?? plain(inner),
    }))
    .filter(({ text }) => /^-?[\d,]+(\.\d+)?$/.test(text));

/** Rows of cells in words; the first row is the head. */
export const rowsOf = (table: string): string[][] =>
  [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => plain(cell)),
  );

/** The tables of a board by the names of their cards; a card without rows has none. */
export const tablesOf = (html: string): Map<string, string[][]> =>
  new Map(
    html
      .split('<section class="card')
      .slice(1)
      .map((card) => [
        /<h2>([^<]*)<\/h2>/.exec(card)?.[1] ?? '',
        rowsOf(/<table.*?<\/table>/s.exec(card)?.[0] ?? ''),
      ]),
  );

/** How many rows the pages of a list hold together. */
export async function rowsBehind(client: Client, href: string): Promise<number> {
  let rows = 0;
  for (let at: string | undefined = href; at !== undefined; ) {
    const { html, status } = await open(client, at);
    expect(status, at).to.equal(200);
    rows += [...mainOf(html).matchAll(/<tbody>(.*?)<\/tbody>/gs)].flatMap(([, body = '']) => [
      ...body.matchAll(/<tr/g),
    ]).length;
    const next: string | undefined = /rel="next" href="([^"]+)"/.exec(html)?.[1];
    at = next === undefined ? undefined : plain(next);
  }
  return rows;
}

type Lines = { next: string | null } & Partial<Record<'cases' | 'ratings' | 'certificates', unknown[]>>;

/** The same asked of the API. */
export async function linesBehind(client: Client, href: string): Promise<number> {
  const [path = '', query = ''] = href.split('?');
  let found = 0;
  for (let after: string | null = ''; after !== null; ) {
    const more = new URLSearchParams(query);
    if (after !== '') more.set('after', after);
    const { status, body } = await client.get<Lines>(`/api${path}?${more}`);
    expect(status, `${href}: ${JSON.stringify(body)}`).to.equal(200);
    found += (body.cases ?? body.ratings ?? body.certificates ?? []).length;
    after = body.next;
  }
  return found;
}

/** A sum of money opens the runs and villages it is made of. */
export async function sumBehind(client: Client, href: string): Promise<string> {
  const { html, status } = await open(client, href);
  expect(status, href).to.equal(200);
  const fen = rowsOf(mainOf(html))
    .slice(1)
    .map((row) => Math.round(Number(row.at(-1)?.replaceAll(',', '')) * 100));
  return (fen.reduce((a, b) => a + b, 0) / 100).toFixed(2);
}
