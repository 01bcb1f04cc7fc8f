/** Every print of a county's cases, read back as a reader with poppler reads it. */
import { expect } from 'chai';
import type { PrintedPaper } from '../../src/platform/pdf/index.ts';
import { fontsOf, textOf } from '../station/papers/pdf.ts';
import type { Client, House } from '../support/service.ts';

const bare = (text: string): string => text.replaceAll(/\s/g, '');

/** What a paper must say: each title line, number, label, value and sentence it was made of. */
function saidBy({ heading, number, blocks, signature }: PrintedPaper): string[] {
  const body = blocks.flatMap((b) => {
    if (b.kind === 'paragraph') return [b.text];
    if (b.kind === 'fields') return b.rows.flatMap((r) => [r.label, r.value]);
    if (b.kind === 'table') return [...b.head, ...b.rows.flat()];
    if (b.kind === 'lines') return b.items;
    return [b.label];
  });
  return [...heading, number, ...body, signature.organ, signature.date, ...signature.qr.lines];
}

export interface Print {
  /** Where it is fetched. */
  path: string;
  /** Papers of a kind, and certificates of a title, are set alike. */
  kind: string;
  label: string;
  says: string[];
}

/** One print of each kind for each item and situation: the examples of a form differ in words that others print too. */
const oncePerSituation = <P extends { item_code: string; situation: string }>(
  prints: readonly P[],
  kindOf: (print: P) => string,
): P[] => [...new Map(prints.map((p) => [`${p.item_code} ${p.situation} ${kindOf(p)}`, p])).values()];

/** Papers and certificates of all items and situations handed in, with what they were made of. */
export async function printsOf(house: House): Promise<Print[]> {
  const { db, vault } = house.service.deps;
  const papers = await db
    .read('papers as p')
    .join('cases as c', 'c.id', 'p.case_id')
    .orderBy('p.id')
    .select('p.*', 'c.item_code', 'c.situation', 'c.number as case_number');
  const certificates = await db
    .read('certificates as z')
    .join('cases as c', 'c.id', 'z.case_id')
    .whereNotNull('z.issued_on')
    .orderBy('z.id')
    .select('z.*', 'c.situation');
  return [
    ...oncePerSituation(papers, (p) => `${p.kind} ${p.title}`).map((p) => ({
      path: `/api/papers/${p.id}.pdf`,
      kind: p.kind,
      label: `${p.item_code} ${p.kind} ${p.number}`,
      says: [...saidBy(JSON.parse(vault.open(p.print_sealed))), p.case_number],
    })),
    ...oncePerSituation(certificates, (c) => c.title).map((c) => ({
      path: `/api/certificates/${c.id}.pdf`,
      kind: c.title,
      label: `${c.item_code} ${c.title} ${c.number}`,
      says: [
        c.title,
        c.number,
        c.organ_name,
        ...JSON.parse(vault.open(c.fields_sealed)).flatMap((f: { label: string; value: string }) => [
          f.label,
          f.value,
        ]),
      ],
    })),
  ];
}

/** What is wrong with prints as a reader finds them: nothing when every word is there, in embedded subsets. */
export async function faultsOf(client: Client, prints: readonly Print[]): Promise<string[]> {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { path, kind, label, says } of prints) {
    const pdf = await fetched(client, path);
    const text = textOf(pdf, ['-raw']).replaceAll(/—\d+—/g, '');
    for (const words of says.map(bare))
      if (!text.includes(words)) faults.push(`${label} says nothing of “${words}”`);
    if (seen.has(kind)) continue;
    seen.add(kind);
    for (const { name, embedded, subset } of fontsOf(pdf))
      if (!embedded || !subset) faults.push(`${label} leaves out the typeface ${name}`);
  }
  return faults;
}

async function fetched(client: Client, path: string): Promise<Buffer> {
  const response = await fetch(client.url + path, { headers: { cookie: client.cookie } });
  expect(response.status, path).to.equal(200);
  return Buffer.from(await response.arrayBuffer());
}
