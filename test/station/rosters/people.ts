/** Invented persons for rosters, as many as wanted: sound identity numbers and accounts. */
import { expect } from 'chai';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { exampleForm, type House } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { county, type Traveller } from '../../walk/county.ts';

export type Row = Record<string, string | number>;

/** GB 11643: the 18th character proves the first 17. */
function identity(i: number): string {
  const first = `532628${1950 + (i % 40)}0${1 + (i % 9)}1${i % 10}${String(100 + (i % 900))}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((s, w, k) => s + w * Number(first[k]), 0);
  return first + '10X98765432'[sum % 11];
}

/** A card number with its Luhn digit. */
function card(i: number): string {
  const first = `621700386${String(i).padStart(9, '0')}`;
  const sum = [...first].reverse().reduce((s, c, k) => {
    const d = Number(c) * (k % 2 === 0 ? 2 : 1);
    return s + (d > 9 ? d - 9 : d);
  }, 0);
  return first + String((10 - (sum % 10)) % 10);
}

/** Row `i` of a roster of NY-02, complete and sound; every person, contract and account another. */
export function household(i: number, over: Row = {}): Row {
  const name = `农${'一二三四五六七八九十'[i % 10]}${'甲乙丙丁戊己庚辛壬癸'[Math.floor(i / 10) % 10]}`;
  return {
    name,
    group: '那良小组',
    idNumber: identity(i),
    contract: `5326281032030${String(10000 + i)}J`,
    area: 2 + (i % 7),
    crops: '水稻、玉米',
    idle: '无',
    transferred: '未流转',
    holder: name,
    relation: '本人',
    bank: '农村信用社（农商银行）',
    account: card(i),
    ...over,
  };
}

export const households = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, i) => household(from + i));

/** The yearly form of NY-02 with these rows and no deductions. */
export const landForm = (house: House, rows: Row[], year = 2026): Record<string, unknown> => ({
  ...exampleForm(house.service, 'NY-02', 0, 'annual'),
  year,
  roster: rows,
  deductions: [],
});

interface Columns {
  properties: Record<string, { title: string }>;
}

/** Titles of the columns of a batch's table, by name. */
export function titles(house: House, item: string, situation: string): Record<string, string> {
  const { definitions } = house.service.deps;
  const form = definitions.get(item).formFor(situation);
  const { items } = (form.properties as unknown as { roster: { items: Columns } }).roster;
  return Object.fromEntries(Object.entries(items.properties).map(([name, f]) => [name, f.title]));
}

/** Rows as lines of a sheet, headings first. */
export function sheet(
  house: House,
  rows: Row[],
  item = 'NY-02',
  situation = 'annual',
): (string | number)[][] {
  const names = titles(house, item, situation);
  const columns = Object.keys(names).filter((c) => rows.some((r) => r[c] !== undefined));
  return [columns.map((c) => names[c] as string), ...rows.map((r) => columns.map((c) => r[c] ?? ''))];
}

export const csv = (lines: (string | number)[][]): string =>
  lines
    .map((cells) => `${cells.map((c) => (/[",\n]/.test(String(c)) ? `"${c}"` : c)).join(',')}\r\n`)
    .join('');

/** Send a spreadsheet to a case, as a clerk. */
export async function upload(
  house: House,
  id: string,
  bytes: Uint8Array | string,
  { login = 'village', name = '名册.csv', version }: { login?: string; name?: string; version?: number } = {},
) {
  const form = new FormData();
  if (version !== undefined) form.set('version', String(version));
  form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  const client = await house.as(login);
  return client.post<{
    rows: number;
    version: number;
    code: string;
    faults: { pointer: string; message: string }[];
  }>(`/api/cases/${id}/roster`, form);
}

/** A draft of a batch. */
export async function draftOf(
  house: House,
  item: string,
  situation: string,
  form: Record<string, unknown>,
  login = 'village',
): Promise<CaseView> {
  const clerk = await house.as(login);
  const opened = await clerk.post<CaseView>('/api/cases', { item, situation, form, draft: true });
  expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
  return opened.body;
}

/** The form of a case as it is stored. */
export async function formOf(house: House, id: string): Promise<Record<string, unknown>> {
  const { db, vault } = house.service.deps;
  const row = await db.read('cases').where({ id }).first();
  return JSON.parse(vault.open(row.form_sealed));
}

export const rowsOf = async (house: House, id: string): Promise<Row[]> =>
  ((await formOf(house, id)).roster ?? []) as Row[];

/** File a batch and let the county work until an act is possible; without one until it rests. */
export async function bring(
  house: House,
  item: string,
  options: { situation: string; form: Record<string, unknown>; until?: Traveller['until'] },
): Promise<Walker> {
  const walk = await openCase(house, item, options);
  await goOn(house, walk, options.until);
  return walk;
}

export async function goOn(house: House, walk: Walker, until?: Traveller['until']): Promise<void> {
  const traveller: Traveller = { label: walk.id, walk, ...(until && { until }) };
  await county(house).work([traveller]);
  expect(traveller.failed).to.equal(undefined);
  await walk.reload('village');
}

/** The audit lines of an act, details read. */
export async function audited(house: House, act: string): Promise<Record<string, unknown>[]> {
  const rows = await house.service.deps.db.read('audit').where({ act }).orderBy('id');
  return rows.map((r) => ({ ...r, detail: JSON.parse(r.detail) }));
}
